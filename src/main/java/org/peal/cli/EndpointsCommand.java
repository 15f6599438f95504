package org.peal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
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
        "Connect to every known publisher, watch for a while, and tell of each: who lists it, the"
            + " address in use, whether it is connected, since when it is silent, how many messages"
            + " came and how many were refused, by reason.",
    footer = {
      "",
      "Exit status: 0 all are reached; 1 at least one is not; 66 a file is missing; 78 the"
          + " configuration or an endpoint file is wrong, or no publisher is known.",
      "",
      "Examples:",
      "  peal endpoints",
      "  peal endpoints --for 60 --json | python3 -m json.tool"
    })
final class EndpointsCommand extends PealCommand {

  private static final List<String> COLUMNS =
      List.of("NAME", "ADDRESS", "IN USE", "STATE", "SILENT SINCE", "MESSAGES", "REFUSED", "FROM");

  @Option(
      names = "--for",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long to watch. Default: ${DEFAULT-VALUE}.")
  double watch;

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
    Duration limit = Options.seconds("--for", watch);
    Setup setup = Setup.load(this, trust.overrides(this));
    Optional<Verifier> verifier = Trust.verifier(setup.config().crypto());
    EndpointCensus census = census(setup);
    if (verifier.isEmpty()) {
      say("messages are not verified (no --ca, no crypto.ca)");
    }
    List<EndpointState> states = watch(setup, verifier, census, limit);
    print(states, verifier.isPresent());
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

  private void print(List<EndpointState> states, boolean isVerifying) {
    Output out = new Output(io.out());
    if (json) {
      ObjectNode all = JsonNodeFactory.instance.objectNode();
      all.put("verified", isVerifying);
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
