package org.peal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.config.ConfigException;
import org.peal.crypto.Verifier;
import org.peal.endpoint.EndpointCensus;
import org.peal.json.CanonicalJson;
import org.peal.node.EndpointState;
import org.peal.node.EndpointSurvey;
import org.peal.node.Trust;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code peal endpoints}: every known publisher and whether it can be reached. */
@Command(
    name = "peal endpoints",
    sortOptions = false,
    description =
        "Tell of every known publisher: who lists it, the address in use, whether it is connected,"
            + " since when it is silent, how many messages came and how many were refused, by"
            + " reason. If the node of this configuration runs and follows publishers, it is asked;"
            + " else, and with --watch or --for, this command connects to all of them by itself and"
            + " watches for a while.",
    footer = {
      "",
      "Exit status: 0 all are reached; 1 at least one is not; 66 a file is missing; 78 the"
          + " configuration or an endpoint file is wrong, or no publisher is known.",
      "",
      "Examples:",
      "  peal endpoints",
      "  peal endpoints --watch",
      "  peal endpoints --for 60 --json | python3 -m json.tool"
    })
final class EndpointsCommand extends PealCommand {

  private static final Duration USUAL = Duration.ofSeconds(10);
  private static final List<String> COLUMNS =
      List.of("NAME", "ADDRESS", "IN USE", "STATE", "SILENT SINCE", "MESSAGES", "REFUSED", "FROM");

  @Option(
      names = "--for",
      paramLabel = "SECONDS",
      description = "Ask no node, and watch for so long. Default: 10.")
  @Nullable Double seconds;

  @Option(names = "--watch", description = "Ask no node.")
  boolean watch;

  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  boolean json;

  @Mixin TrustOptions trust = new TrustOptions();

  EndpointsCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal endpoints";
  }

  @Override
  ExitCode run() throws Exception {
    Duration limit = seconds == null ? USUAL : Options.seconds("--for", seconds);
    Setup setup = Setup.load(this, trust.overrides(this));
    EndpointCensus census = census(setup);
    Optional<NodeView> node = watch || seconds != null ? Optional.empty() : ask(setup);
    List<EndpointState> states =
        node.isPresent() ? askedOf(node.get(), setup, census) : watched(setup, census, limit);
    states.stream()
        .filter(state -> !state.problem().isEmpty())
        .forEach(state -> say(state.known().name() + ": " + state.problem()));
    boolean all = states.stream().allMatch(state -> state.problem().isEmpty());
    boolean dns = census.domains().stream().allMatch(answer -> answer.problem().isEmpty());
    return all && dns ? ExitCode.OK : ExitCode.NEGATIVE;
  }

  private EndpointCensus census(Setup setup) throws InterruptedException {
    EndpointCensus census = EndpointCensus.take(setup.endpointFolder(io), setup.config().dns());
    if (!census.problems().isEmpty()) {
      throw new ConfigException(census.problems());
    }
    census.domains().stream()
        .filter(answer -> !answer.problem().isEmpty())
        .forEach(answer -> say(answer.question() + ": " + answer.problem()));
    if (census.endpoints().isEmpty()) {
      throw new CommandException(
          ExitCode.CONFIGURATION,
          "no publisher is known: write one into endpoints.d, or set dns.domains");
    }
    return census;
  }

  /** Returns what the node of this configuration sees, if it runs and follows publishers. */
  private Optional<NodeView> ask(Setup setup) throws InterruptedException {
    Optional<RunningNode> running = RunningNode.of(setup.config().status());
    Optional<RunningNode.Answer> answer =
        running.isPresent() ? running.get().ask() : Optional.empty();
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    String own = setup.node(io).name();
    String other = SafeText.line(answer.get().status().path("name").asText(), 200);
    NodeView view = NodeView.of(answer.get().status());
    if (other.equals(own) && view.isOfUse()) {
      say(
          "asked the node "
              + own
              + " at "
              + running.get().where()
              + ", which runs since "
              + view.since().truncatedTo(ChronoUnit.SECONDS));
      return Optional.of(view);
    }
    say(
        other.equals(own)
            ? "the node " + own + " follows no publishers; watching for a while"
            : "the node at %s is %s, not %s; watching for a while"
                .formatted(running.get().where(), other, own));
    return Optional.empty();
  }

  private List<EndpointState> askedOf(NodeView node, Setup setup, EndpointCensus census) {
    boolean isVerifying = Boolean.TRUE.equals(setup.config().crypto().validate());
    if (!isVerifying) {
      say("the node does not verify messages (crypto.validate)");
    }
    List<EndpointState> states = node.states(census.endpoints());
    print(states, isVerifying, Optional.of(setup.node(io).name()));
    return states;
  }

  private List<EndpointState> watched(Setup setup, EndpointCensus census, Duration limit)
      throws InterruptedException {
    Optional<Verifier> verifier = Trust.verifier(setup.config().crypto());
    if (verifier.isEmpty()) {
      say("messages are not verified (no --ca, no crypto.ca)");
    }
    List<EndpointState> states = watch(setup, verifier, census, limit);
    print(states, verifier.isPresent(), Optional.empty());
    return states;
  }

  private List<EndpointState> watch(
      Setup setup, Optional<Verifier> verifier, EndpointCensus census, Duration limit)
      throws InterruptedException {
    try (Stop stop = Stop.onSignals();
        ZmqTransport transport = Transports.open(this, setup.config());
        EndpointSurvey survey =
            new EndpointSurvey(
                transport, verifier, census.endpoints(), InstantSource.system(), delivery -> {})) {
      stop.await(limit);
      return survey.states();
    }
  }

  private void print(List<EndpointState> states, boolean isVerifying, Optional<String> asked) {
    Output out = new Output(io.out());
    if (json) {
      ObjectNode all = JsonNodeFactory.instance.objectNode();
      all.put("verified", isVerifying);
      all.put("asked", asked.orElse(null));
      all.putArray("endpoints").addAll(states.stream().map(EndpointsCommand::object).toList());
      out.line(CanonicalJson.write(all));
    } else {
      new TextTable(COLUMNS, states.stream().map(EndpointsCommand::row).toList())
          .lines()
          .forEach(out::line);
    }
    out.flush();
  }

  private static List<String> row(EndpointState state) {
    return List.of(
        state.known().name(),
        state.known().address().toString(),
        state.inUse().isEmpty() ? "-" : state.inUse(),
        state.state().toString(),
        seconds(state.silentSince()),
        String.valueOf(state.messages()),
        state.refused().isEmpty() ? "0" : state.allRefused() + " " + state.refused(),
        state.known().from());
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static ObjectNode object(EndpointState state) {
    ObjectNode one = JsonNodeFactory.instance.objectNode();
    one.put("name", state.known().name());
    one.put("address", state.known().address().toString());
    one.put("from", state.known().from());
    one.put("in-use", state.inUse());
    one.put("state", state.state().toString());
    one.put("problem", state.problem());
    one.put("last-message", state.lastMessageAt().map(Instant::toString).orElse(null));
    one.put("silent-since", state.silentSince().toString());
    one.put("messages", state.messages());
    ObjectNode refused = one.putObject("refused");
    state.refused().forEach((reason, count) -> refused.put(reason.toString(), count));
    one.put("misshapen", state.misshapen());
    return one;
  }
}
