package org.peal.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.peal.node.NodeSetup;
import org.peal.node.PartName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code peal node}: everything that one host does on the bus, in one process. */
@Command(
    name = "peal node",
    sortOptions = false,
    description =
        "Run everything that node.parts of the configuration names (publisher, replay, relay,"
            + " signing-relay, gateway, bridge) in one process, until SIGTERM or Ctrl-C. SIGHUP"
            + " reads the configuration again; when it is wrong, the old one stays in force. On"
            + " AMQP fedora-messaging's own file counts too (FEDORA_MESSAGING_CONF).",
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
class NodeCommand extends NodeRunCommand {

  /** What {@code --part} may be. */
  static final class Parts implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(PartName.values()).map(PartName::toString).iterator();
    }
  }

  @Option(
      names = "--part",
      paramLabel = "PART",
      completionCandidates = Parts.class,
      description = "Run this part instead of those of node.parts; repeatable.")
  List<String> parts = new ArrayList<>();

  @Mixin ValidateOptions validate = new ValidateOptions();

  NodeCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal node";
  }

  /** Adds what a command stands for to what the configuration says. */
  void addTo(Map<String, Object> overrides) {}

  @Override
  NodeSetup setup() {
    Map<String, Object> overrides = validate.overrides(this);
    if (!parts.isEmpty()) {
      overrides.put("node.parts", parts);
    }
    addTo(overrides);
    return Setup.load(this, overrides).node(io);
  }
}
