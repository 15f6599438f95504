package org.peal.cli;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
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

/**
 * One command's run of a node: starts it, tells what changes, reads the configuration again at
 * SIGHUP, and ends it at a signal or when a part has failed. Used once.
 */
final class NodeRun {

  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final PealCommand command;
  private final Supplier<NodeSetup> source;
  private final AtomicBoolean isReloadAsked = new AtomicBoolean();
  private OptionalInt askedStatus = OptionalInt.empty();

  /** Makes a run; {@code source} reads the configuration, at the start and for each reload. */
  NodeRun(PealCommand command, Supplier<NodeSetup> source) {
    this.command = command;
    this.source = source;
  }

  /** Runs until a signal comes, or a part fails. */
  ExitCode run() throws Exception {
    NodeSetup setup = source.get();
    if (setup.config().crypto().crl() == null
        && Boolean.TRUE.equals(setup.config().crypto().validate())) {
      command.say("revocation is not checked (no --crl, no crypto.crl)");
    }
    try (Stop stop = Stop.onSignals(() -> isReloadAsked.set(true));
        PealNode node = new PealNode(setup, Transports.fatal(command))) {
      start(node);
      NodeWatch health = new NodeWatch(Cli.version(), node, setup.config());
      Optional<String> problem;
      try (StatusPages pages = StatusPages.open(command, setup.config().status(), health, node)) {
        pages.address().ifPresent(where -> command.say("status: listening on http://" + where));
        problem = watch(node, stop, health);
      }
      Map<PartName, PartStatus> last = node.status().parts();
      askedStatus = node.status().exitStatus();
      node.drain(DRAIN);
      last.forEach((name, part) -> command.say(name + ": " + part.summary()));
      return problem.isPresent() ? ExitCode.INTERNAL : ExitCode.OK;
    }
  }

  /** Returns the exit status that what ended the node asks for, or else the usual one. */
  int exitStatus(int status) {
    return askedStatus.orElse(status);
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
    command.say("node " + status.name() + " runs " + runs);
    tellAddresses(status);
  }

  private void tellAddresses(NodeStatus status) {
    status
        .parts()
        .forEach(
            (name, part) ->
                part.listening().forEach(where -> command.say(name + ": listening on " + where)));
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
          .forEach((name, part) -> reporters.computeIfAbsent(name, PartReporter::new).look(part));
      problem = status.problem();
    }
    problem.ifPresent(text -> command.say("a part has failed, stopping: " + text));
    return problem;
  }

  private void reload(PealNode node) throws InterruptedException {
    try {
      List<String> changes = node.reload(source.get());
      command.say("configuration read again" + (changes.isEmpty() ? ", nothing else to do" : ""));
      changes.forEach(command::say);
      if (!changes.isEmpty()) {
        tellAddresses(node.status());
      }
    } catch (ConfigException e) {
      e.problems().forEach(problem -> command.say(problem.toString()));
      notTaken();
    } catch (PealException | CommandException e) {
      command.say(String.valueOf(e.getMessage()));
      for (Throwable more : e.getSuppressed()) {
        command.say("and then: " + more.getMessage());
      }
      notTaken();
    }
  }

  private void notTaken() {
    command.say("the configuration was not taken over, the old one stays in force");
  }

  /** Tells what changes in one part. */
  private final class PartReporter {
    private final LinkReporter links;
    private final DropReporter drops;

    PartReporter(PartName name) {
      String prefix = name + ": ";
      links = new LinkReporter(text -> command.say(prefix + text));
      String why =
          name == PartName.PUBLISHER
              ? "for want of room (publisher.when-full: drop)"
              : DropReporter.SLOW_READERS;
      drops = new DropReporter(why, text -> command.say(prefix + text));
    }

    void look(PartStatus part) {
      links.look(part.links());
      drops.look(part.counters().getOrDefault("dropped", 0L));
    }
  }
}
