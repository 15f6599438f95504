package org.peal.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.peal.ExitCode;
import org.peal.PealException;
import org.peal.bus.zmq.ZmqException;
import org.peal.config.ConfigException;
import org.peal.node.NodeException;
import org.peal.node.NodeSetup;
import org.peal.node.NodeStatus;
import org.peal.node.NodeWatch;
import org.peal.node.PartName;
import org.peal.node.PartStatus;
import org.peal.node.PealNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code peal node}: everything that one host does on the bus, in one process. */
@Command(
    name = "peal node",
    sortOptions = false,
    description =
        "Run everything that node.parts of the configuration names (publisher, replay, relay,"
            + " signing-relay, gateway) in one process, until SIGTERM or Ctrl-C. SIGHUP reads the"
            + " configuration again; when it is wrong, the old one stays in force.",
    footer = {
      "",
      "Exit status: 0 after a signal; 66 a file is missing; 69 a host to listen on cannot be"
          + " resolved; 70 a part has failed; 73 an address is in use or not of this machine; 77"
          + " listening is not permitted; 78 the configuration is wrong, or a key or an authority"
          + " is missing.",
      "",
      "Examples:",
      "  peal node",
      "  peal init site && peal node --config site",
      "  peal node --config /etc/peal --part relay --part gateway"
    })
final class NodeCommand extends PealCommand {

  /** What {@code --part} may be. */
  static final class Parts implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(PartName.values()).map(PartName::toString).iterator();
    }
  }

  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(200);

  @Option(
      names = "--part",
      paramLabel = "PART",
      completionCandidates = Parts.class,
      description = "Run this part instead of those of node.parts; repeatable.")
  List<String> parts = new ArrayList<>();

  @Mixin ValidateOptions validate = new ValidateOptions();

  private final AtomicBoolean isReloadAsked = new AtomicBoolean();

  NodeCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal node";
  }

  @Override
  ExitCode run() throws Exception {
    NodeSetup setup = setup();
    if (setup.config().crypto().crl() == null
        && Boolean.TRUE.equals(setup.config().crypto().validate())) {
      say("revocation is not checked (no --crl, no crypto.crl)");
    }
    try (Stop stop = Stop.onSignals(() -> isReloadAsked.set(true));
        PealNode node = new PealNode(setup, Transports.fatal(this))) {
      start(node);
      NodeWatch health = new NodeWatch(Cli.version(), node, setup.config());
      Optional<String> problem;
      try (StatusPages pages = StatusPages.open(this, setup.config().status(), health, node)) {
        pages.address().ifPresent(where -> say("status: listening on http://" + where));
        problem = watch(node, stop, health);
      }
      Map<PartName, PartStatus> last = node.status().parts();
      node.drain(DRAIN);
      last.forEach((name, part) -> say(name + ": " + part.summary()));
      return problem.isPresent() ? ExitCode.INTERNAL : ExitCode.OK;
    }
  }

  private NodeSetup setup() {
    Map<String, Object> overrides = validate.overrides(this);
    if (!parts.isEmpty()) {
      overrides.put("node.parts", parts);
    }
    return Setup.load(this, overrides).node(io);
  }

  private void start(PealNode node) {
    try {
      node.start();
    } catch (NodeException e) {
      if (e.getCause() instanceof ZmqException cause) {
        throw new CommandException(Transports.exitCode(cause), String.valueOf(e.getMessage()));
      }
      throw e;
    }
    NodeStatus status = node.status();
    String runs =
        status.parts().keySet().stream().map(PartName::toString).collect(Collectors.joining(", "));
    say("node " + status.name() + " runs " + runs);
    tellAddresses(status);
  }

  private void tellAddresses(NodeStatus status) {
    status
        .parts()
        .forEach(
            (name, part) ->
                part.listening().forEach(where -> say(name + ": listening on " + where)));
  }

  /** Runs until a signal comes, or a part fails, and tells what then is the problem. */
  private Optional<String> watch(PealNode node, Stop stop, NodeWatch health)
      throws InterruptedException {
    Map<PartName, PartReporter> reporters = new EnumMap<>(PartName.class);
    Optional<String> problem = Optional.empty();
    while (problem.isEmpty() && !stop.await(LOOK)) {
      if (isReloadAsked.getAndSet(false)) {
        reload(node);
      }
      health.look();
      NodeStatus status = node.status();
      status
          .parts()
          .forEach(
              (name, part) ->
                  reporters.computeIfAbsent(name, n -> new PartReporter(n + ": ")).look(part));
      problem = status.problem();
    }
    problem.ifPresent(text -> say("a part has failed, stopping: " + text));
    return problem;
  }

  private void reload(PealNode node) throws InterruptedException {
    try {
      List<String> changes = node.reload(setup());
      say("configuration read again" + (changes.isEmpty() ? ", nothing else to do" : ""));
      changes.forEach(this::say);
      if (!changes.isEmpty()) {
        tellAddresses(node.status());
      }
    } catch (ConfigException e) {
      e.problems().forEach(problem -> say(problem.toString()));
      notTaken();
    } catch (PealException | CommandException e) {
      say(String.valueOf(e.getMessage()));
      for (Throwable more : e.getSuppressed()) {
        say("and then: " + more.getMessage());
      }
      notTaken();
    }
  }

  private void notTaken() {
    say("the configuration was not taken over, the old one stays in force");
  }

  /** Tells what changes in one part. */
  private final class PartReporter {
    private final LinkReporter links;
    private final DropReporter drops;

    PartReporter(String prefix) {
      links = new LinkReporter(text -> say(prefix + text));
      drops = new DropReporter(text -> say(prefix + text));
    }

    void look(PartStatus part) {
      links.look(part.links());
      drops.look(part.counters().getOrDefault("dropped", 0L));
    }
  }
}
