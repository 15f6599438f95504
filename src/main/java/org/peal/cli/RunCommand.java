package org.peal.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peal.bus.Bus;
import org.peal.handler.HandlerConfig;
import org.peal.message.EnvelopeFactory;
import org.peal.node.Folders;
import org.peal.node.NodeSetup;
import org.peal.node.PartName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal run}: handlers in a process of their own. */
@Command(
    name = "peal run",
    sortOptions = false,
    description =
        "Run handlers in a process of their own, until SIGTERM or Ctrl-C: those of the sections"
            + " handlers.NAME of the configuration, or types of handlers with nothing configured."
            + " They have a database of their own. What they publish goes through the node of this"
            + " host, and waits while there is none.",
    footer = {
      "",
      "Exit status: 0 after a signal; 66 a file is missing; 70 a handler has failed; 75 another"
          + " process runs the same handlers; 78 the configuration is wrong, or there is no"
          + " authority to verify with; or what a handler asks for that halts.",
      "",
      "Examples:",
      "  peal run log",
      "  peal run tagging --dry-run",
      "  peal run tagging log"
    })
final class RunCommand extends NodeRunCommand {

  @Parameters(
      paramLabel = "HANDLER",
      arity = "1..*",
      description = "Which handlers: names of sections, or types.")
  List<String> names = new ArrayList<>();

  @Option(
      names = "--bus",
      paramLabel = "BUS",
      split = ",",
      converter = BusName.class,
      completionCandidates = BusName.class,
      description =
          "Get messages from these buses in place of handlers.NAME.bus; for now, zmq alone.")
  List<Bus> buses = new ArrayList<>();

  @Option(
      names = "--dry-run",
      description =
          "Change nothing outside, and only record what would be done, in a database of its own.")
  boolean dryRun;

  @Mixin ValidateOptions validate = new ValidateOptions();

  RunCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal run";
  }

  @Override
  NodeSetup setup() {
    Folders folders = Folders.of(io.environment());
    Map<String, Object> overrides = validate.overrides(this);
    overrides.put("node.parts", List.of(PartName.HANDLERS.toString()));
    overrides.put("status.address", "none");
    overrides.put("store.path", HandlerStore.ofRun(folders, names, dryRun).file().toString());
    Setup setup = Setup.load(this, overrides);
    return new NodeSetup(
        setup.config().withHandlers(chosen(setup.config().handlers())),
        setup.endpointFolder(io),
        Setup.hostName(io),
        EnvelopeFactory.loginName(io.environment()),
        folders);
  }

  private Map<String, HandlerConfig> chosen(Map<String, HandlerConfig> configured) {
    Map<String, HandlerConfig> chosen = new LinkedHashMap<>();
    for (String name : names) {
      HandlerConfig config = configured.getOrDefault(name, HandlerConfig.defaults());
      chosen.put(name, config.with(buses, dryRun));
    }
    return chosen;
  }
}
