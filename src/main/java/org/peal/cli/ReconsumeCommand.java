package org.peal.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peal.ExitCode;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.Verifier;
import org.peal.endpoint.EndpointMap;
import org.peal.handler.DeliveredMessage;
import org.peal.handler.Message;
import org.peal.node.Trust;
import org.peal.node.replay.ReplayClient;
import org.peal.node.replay.ReplayClientOptions;
import org.peal.store.ReplayQuery;
import org.peal.stream.ReplayOutcome;
import org.peal.stream.Replayed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal reconsume}: hands a message to a handler again. */
@Command(
    name = "peal reconsume",
    sortOptions = false,
    description =
        "Hand a message to a handler again, whatever it made of it before. The message is fetched"
            + " from the logs of the publishers (replay_endpoints), or with --bus amqp from an"
            + " archive. What the handler publishes for it has the same ids as before, and so"
            + " counts once.",
    footer = {
      "",
      "Exit status: 0; 1 no log or archive has the message, or it does not verify, or the handler"
          + " has no database; 75 the node has not taken it yet; 78 the configuration is wrong.",
      "",
      "Examples:",
      "  peal reconsume 2026-50dcb22f-c218-4807-b12c-a262542d66c1 --handler log",
      "  peal reconsume ID --handler log --from bodhi.app01",
      "  peal reconsume ID --handler log --bus amqp"
    })
final class ReconsumeCommand extends PealCommand {

  @Parameters(paramLabel = "MESSAGE-ID", description = "The message (msg_id).")
  String id = "";

  @Option(names = "--handler", paramLabel = "NAME", required = true, description = "Who gets it.")
  String handler = "";

  @Option(
      names = "--from",
      paramLabel = "NAME|ADDRESS",
      description = "Ask only this publisher's log; repeatable. Default: all that are known.")
  List<String> from = new ArrayList<>();

  @Mixin BusOption bus = new BusOption();

  @Option(
      names = "--datagrepper-url",
      paramLabel = "URL",
      defaultValue = "https://apps.fedoraproject.org/datagrepper",
      description = "The archive, with --bus amqp. Default: ${DEFAULT-VALUE}.")
  String datagrepperUrl = "";

  @Mixin ValidateOptions validate = new ValidateOptions();

  ReconsumeCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal reconsume";
  }

  @Override
  boolean isOnAmqp() {
    return bus.isAmqp();
  }

  @Override
  ExitCode run() throws Exception {
    Setup setup = Setup.load(this, validate.overrides(this));
    Reconsuming reconsuming = Reconsuming.of(this, setup, handler);
    return reconsuming.hand(bus.isAmqp() ? fetch(setup) : find(setup));
  }

  private Message fetch(Setup setup) throws InterruptedException {
    return AmqpArchive.forHandler(datagrepperUrl, setup.config().amqp().readSchemas(), id);
  }

  private Message find(Setup setup) throws Exception {
    Optional<Verifier> verifier = Trust.verifier(setup.config().crypto());
    try (Sources sources = Sources.open(this, setup, List.of());
        ZmqTransport transport = Transports.open(this, setup.config());
        ReplayClient client =
            new ReplayClient(transport, sources::known, verifier, ReplayClientOptions.DEFAULT)) {
      EndpointMap known = sources.known();
      Map<String, String> answers = new LinkedHashMap<>();
      for (String publisher : from.isEmpty() ? known.replay().keySet() : from) {
        ReplayOutcome outcome =
            client
                .fetch(publisher, new ReplayQuery.MessageIds(List.of(id)), 0)
                .toCompletableFuture()
                .get();
        Optional<Message> found = message(outcome);
        if (found.isPresent()) {
          return found.get();
        }
        answers.put(publisher, told(outcome));
      }
      throw new CommandException(
          ExitCode.NEGATIVE,
          "message %s was not found: %s"
              .formatted(
                  SafeText.line(id, 100),
                  answers.isEmpty() ? "no log is known (replay_endpoints)" : answers));
    }
  }

  private Optional<Message> message(ReplayOutcome outcome) {
    return outcome instanceof ReplayOutcome.Answered answered
        ? answered.page().messages().stream()
            .map(Replayed::delivery)
            .flatMap(delivery -> DeliveredMessage.of(delivery).stream())
            .filter(message -> message.id().value().equals(id))
            .findFirst()
        : Optional.empty();
  }

  private static String told(ReplayOutcome outcome) {
    if (outcome instanceof ReplayOutcome.Answered answered) {
      return answered.page().refused().isEmpty() ? "not in its log" : "does not verify";
    }
    return SafeText.line(outcome.toString(), 200);
  }
}
