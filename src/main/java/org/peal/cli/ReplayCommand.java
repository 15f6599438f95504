package org.peal.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.Verifier;
import org.peal.endpoint.Discovery;
import org.peal.endpoint.EndpointMap;
import org.peal.node.Trust;
import org.peal.node.replay.ReplayClient;
import org.peal.node.replay.ReplayClientOptions;
import org.peal.store.ReplayQuery;
import org.peal.stream.ReplayOutcome;
import org.peal.stream.ReplayPage;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code peal replay}: asks a publisher for messages that it sent before. */
@Command(
    name = "peal replay",
    sortOptions = false,
    description =
        "Ask the log of one publisher for messages that it sent before, and show them in its order."
            + " They are verified like live ones when a certificate authority is given or"
            + " configured.",
    footer = {
      "",
      "Exit status: 0 all that was asked for was shown; 1 something is gone, or was never there"
          + " (standard error names it); 2 the question is wrong; 66 a file is missing; 69 the"
          + " server cannot be reached, does not answer, or answers with an error; 75 it is too"
          + " busy; 77 something failed verification and was dropped; 78 the configuration is"
          + " wrong, or no such publisher is known.",
      "",
      "Examples:",
      "  peal replay --from bodhi.app01 --since 2h",
      "  peal replay --from tcp://app01.example.org:4002 --seq 1200:1250",
      "  peal replay --from bodhi.app01 --seq 1200: --topic org.example.prod.bodhi",
      "  peal replay --from bodhi.app01 --id 2026-550e8400-e29b-41d4-a716-446655440000"
    })
final class ReplayCommand extends PealCommand {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration NAME_LIMIT = Duration.ofSeconds(10);
  private static final int ROUNDS = 3;

  @Option(
      names = "--from",
      paramLabel = "NAME|ADDRESS",
      required = true,
      description =
          "Whom to ask: a name in replay_endpoints of the endpoint files, a domain with"
              + " _fedmsg-replay._tcp records, or tcp://HOST:PORT.")
  String from = "";

  /** What is asked for; one of the three. */
  static final class Wanted {
    @Option(
        names = "--seq",
        paramLabel = "A[:[B]]",
        description = "The sequence ids from A to B, both included; without B to the end.")
    @Nullable String seq;

    @Option(
        names = "--id",
        paramLabel = "ID",
        arity = "1..*",
        description = "The messages with these ids (msg_id); repeatable.")
    List<String> ids = new ArrayList<>();

    @ArgGroup(exclusive = false)
    @Nullable Span span;
  }

  /** A span of time. */
  static final class Span {
    @Option(
        names = "--since",
        paramLabel = "TIME",
        description =
            "The messages from this time on: ISO 8601, seconds since 1970, or a time ago as in 90s,"
                + " 2h, 7d.")
    @Nullable String since;

    @Option(
        names = "--until",
        paramLabel = "TIME",
        description = "The messages up to this time, in the same forms.")
    @Nullable String until;
  }

  @ArgGroup(multiplicity = "1")
  Wanted wanted = new Wanted();

  @Option(
      names = "--topic",
      paramLabel = "PREFIX",
      description = "Only topics that begin so; repeatable. Default: all.")
  List<String> topics = new ArrayList<>();

  @Mixin ShowOptions show = new ShowOptions();

  @Option(
      names = "--validate",
      negatable = true,
      description = "Verify, or do not. Default: if there is a certificate authority.")
  @Nullable Boolean validate;

  @Mixin TrustOptions trust = new TrustOptions();

  @Option(
      names = "--unsigned-sequence-ids",
      description =
          "Accept messages to which seq_id was added after signing, as fedmsg does"
              + " (replay.unsigned-sequence-ids).")
  boolean unsignedSequenceIds;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long one answer may take. Default: ${DEFAULT-VALUE}.")
  double timeout;

  ReplayCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal replay";
  }

  @Override
  ExitCode run() throws Exception {
    ReplayQuery query = query(Instant.now());
    Duration limit = Options.seconds("--timeout", timeout);
    show.check(io);
    Setup setup = Setup.load(this, overrides());
    Optional<Verifier> verifier = Trust.verifier(setup.config().crypto());
    show.check(verifier.isPresent());
    if (verifier.isEmpty()) {
      boolean chosen = Boolean.FALSE.equals(validate);
      say("messages are not verified" + (chosen ? "" : " (no --ca, no crypto.ca)"));
    }
    EndpointMap known = known(setup);
    ReplayClientOptions options =
        ReplayClientOptions.DEFAULT
            .within(limit, CONNECT_LIMIT.compareTo(limit) < 0 ? CONNECT_LIMIT : limit, ROUNDS)
            .withUnsignedSequenceIds(setup.config().replay().unsignedSequenceIds());
    ReplayShow shown = new ReplayShow(this, setup, query);
    try (ZmqTransport transport = Transports.open(this, setup.config());
        ReplayClient client = new ReplayClient(transport, () -> known, verifier, options)) {
      return ask(client, query, shown);
    }
  }

  private Map<String, Object> overrides() {
    Map<String, Object> values = new LinkedHashMap<>(trust.overrides(this));
    if (validate != null) {
      values.put("crypto.validate", validate);
    }
    if (unsignedSequenceIds) {
      values.put("replay.unsigned-sequence-ids", true);
    }
    return values;
  }

  private ReplayQuery query(Instant now) {
    if (wanted.seq != null) {
      return range(wanted.seq);
    }
    Span span = wanted.span;
    if (span == null) {
      return new ReplayQuery.MessageIds(wanted.ids);
    }
    Instant since = span.since == null ? Instant.EPOCH : Times.ago("--since", span.since, now);
    Instant until = span.until == null ? Instant.MAX : Times.ago("--until", span.until, now);
    if (since.isAfter(until)) {
      throw new CommandException(
          ExitCode.USAGE, "--since must not be after --until: " + since + ", " + until);
    }
    return new ReplayQuery.Time(seconds(since), seconds(until));
  }

  /** Returns seconds since 1970, at most to the end of the year 9999, where servers end. */
  private static double seconds(Instant time) {
    return Math.min(time.getEpochSecond() + time.getNano() / 1e9, 253_402_300_799.0);
  }

  private static ReplayQuery range(String text) {
    int colon = text.indexOf(':');
    try {
      long first = Long.parseLong(colon < 0 ? text : text.substring(0, colon));
      String end = colon < 0 ? text : text.substring(colon + 1);
      long last = end.isEmpty() ? Long.MAX_VALUE : Long.parseLong(end);
      if (first >= 1 && last >= first) {
        return new ReplayQuery.Range(first, last);
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new CommandException(
        ExitCode.USAGE,
        "--seq must be a sequence id from 1 on, or two as in 12:20, or 12: for all from there: \""
            + text
            + "\"");
  }

  private EndpointMap known(Setup setup) throws InterruptedException {
    if (from.startsWith("tcp://")) {
      Options.remote("--from", from);
      return EndpointMap.EMPTY;
    }
    Optional<Path> folder = setup.endpointFolder(io);
    try (Discovery discovery = new Discovery(folder, setup.config().dns())) {
      CountDownLatch found = new CountDownLatch(1);
      discovery.onChange(map -> look(map, found));
      discovery.start();
      look(discovery.current(), found);
      boolean isWorthWaiting = discovery.current().domains().contains(from);
      if (!found.await(isWorthWaiting ? NAME_LIMIT.toMillis() : 0, TimeUnit.MILLISECONDS)) {
        throw new CommandException(
            ExitCode.CONFIGURATION,
            "no replay endpoint is known for "
                + from
                + (discovery.current().replay().isEmpty()
                    ? ""
                    : " (known: " + String.join(", ", discovery.current().replay().keySet()) + ")")
                + ": write one into replay_endpoints of endpoints.d, or give --from"
                + " tcp://HOST:PORT");
      }
      return discovery.current();
    }
  }

  private void look(EndpointMap map, CountDownLatch found) {
    if (!map.replay().getOrDefault(from, List.of()).isEmpty()) {
      found.countDown();
    }
  }

  private ExitCode ask(ReplayClient client, ReplayQuery query, ReplayShow shown) throws Exception {
    long after = 0;
    while (true) {
      ReplayOutcome outcome = client.fetch(from, query, after, topics).toCompletableFuture().get();
      if (!(outcome instanceof ReplayOutcome.Answered answered)) {
        shown.pause();
        return failed(outcome);
      }
      ReplayPage page = answered.page();
      shown.page(page);
      if (page.complete()) {
        return shown.end();
      }
      after = page.until();
    }
  }

  private ExitCode failed(ReplayOutcome outcome) {
    if (outcome instanceof ReplayOutcome.ServerError error) {
      say(from + " answers with an error: " + SafeText.line(error.text(), 300));
    } else if (outcome instanceof ReplayOutcome.TimedOut silence) {
      say(from + " did not answer within " + silence.limit().toMillis() + " ms");
    } else if (outcome instanceof ReplayOutcome.Unreachable unreachable) {
      say(unreachable.detail());
    } else if (outcome instanceof ReplayOutcome.Refused refused) {
      say(refused.detail());
      return switch (refused.why()) {
        case BUSY, CLOSED -> ExitCode.TEMPORARY;
        case UNKNOWN_PUBLISHER -> ExitCode.CONFIGURATION;
        case BAD_QUERY -> ExitCode.USAGE;
      };
    }
    return ExitCode.UNREACHABLE;
  }
}
