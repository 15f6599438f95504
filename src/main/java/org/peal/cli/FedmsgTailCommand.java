package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.Delivery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fedmsg-tail}: the original's options and exit codes. */
@Command(
    name = "fedmsg-tail",
    sortOptions = false,
    description = "Watch the bus, with the options of the program of this name.",
    footer = {
      "",
      "Exit status: 0 after Ctrl-C; 1 on any error; 2 for a wrong option; 78"
          + " for a wrong configuration.",
      "",
      "Examples:",
      "  fedmsg-tail --terse",
      "  fedmsg-tail --config-filename fedmsg.json --topic org.fedoraproject.prod.git",
      "  fedmsg-tail --users ann,bob --really-pretty"
    })
final class FedmsgTailCommand extends TailCommand {

  private static final Set<String> USER_KEYS =
      Set.of("username", "user", "owner", "agent", "author", "submitter");
  private static final Set<String> PACKAGE_KEYS =
      Set.of("package", "package_name", "pkg", "pkgname", "name", "repo");

  @Mixin FedmsgOptions fedmsg = new FedmsgOptions();

  @Option(names = "--cowsay", description = "Let a cow tell the message.")
  boolean cowsay;

  @Option(
      names = "--users",
      paramLabel = "NAME,..",
      description = "Only messages that name one of these users.")
  @Nullable String users;

  @Option(
      names = "--packages",
      paramLabel = "NAME,..",
      description = "Only messages that name one of these packages.")
  @Nullable String packages;

  FedmsgTailCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "fedmsg-tail";
  }

  @Override
  Map<String, Object> overrides() {
    Map<String, Object> values = super.overrides();
    fedmsg.addTo(values);
    return values;
  }

  @Override
  ExitCode run() throws Exception {
    config = fedmsg.configFilename == null ? config : fedmsg.configFilename;
    if (fedmsg.printConfig) {
      return FedmsgExit.printConfig(this, overrides());
    }
    // The original has a time-out option of its own, for sockets; it never ended the program.
    timeout = null;
    Stop.handle("INT", this::interrupted);
    return super.run();
  }

  private void interrupted() {
    Output out = new Output(io.out());
    try {
      out.line("");
      out.flush();
    } finally {
      Runtime.getRuntime().halt(ExitCode.OK.status());
    }
  }

  @Override
  MessagePrinter printer() {
    return cowsay ? Cow.printer() : super.printer();
  }

  @Override
  boolean wants(Delivery delivery) {
    return names(users, USER_KEYS, delivery) && names(packages, PACKAGE_KEYS, delivery);
  }

  private static boolean names(@Nullable String wanted, Set<String> keys, Delivery delivery) {
    if (wanted == null) {
      return true;
    }
    Set<String> any = new HashSet<>(Arrays.asList(wanted.split(",", -1)));
    return delivery.tree().filter(tree -> contains(tree, keys, any)).isPresent();
  }

  private static boolean contains(JsonNode tree, Set<String> keys, Set<String> wanted) {
    List<String> found =
        keys.stream()
            .flatMap(key -> tree.findValues(key).stream())
            .filter(JsonNode::isTextual)
            .map(JsonNode::asText)
            .toList();
    return found.stream().anyMatch(wanted::contains);
  }

  @Override
  int exitStatus(int status) {
    return FedmsgExit.status(status);
  }
}
