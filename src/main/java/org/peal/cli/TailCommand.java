package org.peal.cli;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.Delivery;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.Verifier;
import org.peal.node.Receiver;
import org.peal.node.Trust;
import org.peal.sentence.Sentences;
import org.peal.sentence.SentencesConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code peal tail}: watches the bus. */
@Command(
    name = "peal tail",
    sortOptions = false,
    description =
        "Show messages as they come: one readable line each on a terminal, JSON otherwise. They are"
            + " verified when a certificate authority is given or configured.",
    footer = {
      "",
      "Exit status: 0; 1 fewer than --count came within --timeout; 66 a file is missing; 78 the"
          + " configuration is wrong, there is nothing to connect to, or no authority for"
          + " --validate; 130 or 143 ended by a signal; 141 the reader of the output went away.",
      "",
      "Examples:",
      "  peal tail",
      "  peal tail --topic org.fedoraproject.prod.bodhi --terse",
      "  peal tail --connect tcp://hub.example.org:9940 --ca ca.crt --crl crl.pem",
      "  peal tail --where 'service == \"git\" and body.commit.branch == \"main\"'",
      "  peal tail --users ann,bob --packages bash",
      "  peal tail --query topic,msg.build_id --count 10"
    })
class TailCommand extends PealCommand {

  /** What to do with messages that fail verification. */
  enum Invalid {
    drop,
    mark,
    only
  }

  @Option(
      names = "--topic",
      paramLabel = "PREFIX",
      description = "Only topics that begin so; repeatable. Default: all.")
  List<String> topics = new ArrayList<>();

  @Option(
      names = "--include",
      paramLabel = "REGEX",
      defaultValue = "^((?!_heartbeat).)*$$",
      description = "Only topics in which this is found. Default: all but heartbeats.")
  String include = "";

  @Option(
      names = "--exclude",
      paramLabel = "REGEX",
      defaultValue = "_heartbeat",
      description = "Not the topics in which this is found. Default: ${DEFAULT-VALUE}.")
  String exclude = "";

  @Mixin WhereOption where = new WhereOption();

  @Option(
      names = "--users",
      paramLabel = "NAME",
      split = ",",
      description = "Only messages in which one of these accounts takes part.")
  List<String> users = new ArrayList<>();

  @Option(
      names = "--packages",
      paramLabel = "NAME",
      split = ",",
      description = "Only messages about one of these packages.")
  List<String> packages = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description =
          "json: the envelope as received, one line; full: with verdict, signer, endpoint and time;"
              + " terse: one line for people; pretty: several. Default: json, or a coloured line on"
              + " a terminal.")
  MessagePrinter.@Nullable Format output;

  @Option(names = "--terse", description = "The same as --output terse.")
  boolean terse;

  @Option(names = "--pretty", description = "The same as --output pretty, with readable times.")
  boolean pretty;

  @Option(names = "--really-pretty", description = "The same as --output pretty.")
  boolean reallyPretty;

  @Option(
      names = "--query",
      paramLabel = "PATH,..",
      description = "Only the values at these dotted paths, as in msg.owner,topic.")
  @Nullable String query;

  @Option(
      names = "--validate",
      negatable = true,
      description = "Verify, or do not. Default: if there is a certificate authority.")
  @Nullable Boolean validate;

  @Mixin TrustOptions trust = new TrustOptions();

  @Option(
      names = "--invalid",
      paramLabel = "drop|mark|only",
      defaultValue = "drop",
      description = "What to do with messages that fail verification. Default: ${DEFAULT-VALUE}.")
  Invalid invalid = Invalid.drop;

  @Option(
      names = "--connect",
      paramLabel = "ADDRESS",
      description = "Connect here (tcp://HOST:PORT) instead of the known endpoints; repeatable.")
  List<String> connect = new ArrayList<>();

  @Option(names = "--count", paramLabel = "N", description = "End after N messages were shown.")
  @Nullable Long count;

  @Option(names = "--timeout", paramLabel = "SECONDS", description = "End after this time.")
  @Nullable Double timeout;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto, always or never. Default: ${DEFAULT-VALUE}.")
  Colours.When color = Colours.When.auto;

  private @Nullable SentencesConfig sentencesConfig;
  private @Nullable Sentences sentences;
  private final AtomicLong shown = new AtomicLong();
  private final CountDownLatch enough = new CountDownLatch(1);
  private boolean toldOfRefused;

  TailCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal tail";
  }

  /** Returns configuration values that options stand for. */
  Map<String, Object> overrides() {
    Map<String, Object> values = new LinkedHashMap<>(trust.overrides(this));
    if (validate != null) {
      values.put("crypto.validate", validate);
    }
    return values;
  }

  /** Returns the rules by which messages are told; read only when first asked for. */
  final Sentences sentences() {
    if (sentences == null) {
      sentences = sentencesConfig == null ? Sentences.builtIn() : sentencesConfig.load();
    }
    return sentences;
  }

  private Predicate<Delivery> names() {
    return users.isEmpty() && packages.isEmpty()
        ? delivery -> true
        : new NameFilter(sentences(), Set.copyOf(users), Set.copyOf(packages));
  }

  @Override
  ExitCode run() throws Exception {
    check();
    Where wanted = where.compile(this::say);
    Setup setup = Setup.load(this, overrides());
    sentencesConfig = setup.config().sentences();
    Optional<Verifier> verifier = Trust.verifier(setup.config().crypto());
    if (verifier.isEmpty()) {
      unverified();
    }
    MessageFilter filter =
        new MessageFilter(
            BoundedRegex.compile("--exclude", exclude),
            BoundedRegex.compile("--include", include),
            this::say);
    Output out = new Output(io.out());
    MessagePrinter printer = printer();
    Predicate<Delivery> names = names();
    try (Sources sources = Sources.open(this, setup, connect);
        ZmqTransport transport = Transports.open(this, setup.config());
        Receiver receiver =
            new Receiver(
                transport,
                topics.isEmpty() ? List.of("") : topics,
                verifier,
                filter::wants,
                delivery -> show(delivery, names.and(wanted::wants), printer, out))) {
      sources.follow(receiver::follow);
      ExitCode code = watch(receiver);
      wanted.report();
      return code;
    }
  }

  private void check() {
    if (count != null) {
      Options.atLeast("--count", count, 1);
    }
    if (timeout != null) {
      Options.seconds("--timeout", timeout);
    }
    if (invalid == Invalid.mark && isPlainJson()) {
      throw new CommandException(
          ExitCode.USAGE,
          "--invalid mark cannot be shown in --output json; use --output full, terse or pretty");
    }
  }

  private boolean isPlainJson() {
    boolean other = terse || pretty || reallyPretty || query != null;
    return !other
        && (output == MessagePrinter.Format.json || output == null && !io.terminals().out());
  }

  private void unverified() {
    if (invalid == Invalid.only) {
      throw new CommandException(
          ExitCode.CONFIGURATION, "--invalid only needs a certificate authority: give --ca FILE");
    }
    say(
        "messages are not verified"
            + (Boolean.FALSE.equals(validate) ? "" : " (no --ca, no crypto.ca)"));
  }

  /** Returns how messages are shown. */
  MessagePrinter printer() {
    Colours colours = Colours.choose(color, io.environment(), io.terminals().out());
    ZoneId zone = ZoneId.systemDefault();
    if (terse) {
      return MessagePrinter.terse(sentences());
    } else if (query != null) {
      return MessagePrinter.query(query);
    } else if (reallyPretty) {
      return MessagePrinter.pretty(colours, false, zone);
    } else if (pretty) {
      return MessagePrinter.pretty(new Colours(false), true, zone);
    } else if (output == null) {
      return io.terminals().out()
          ? MessagePrinter.line(colours, zone, sentences())
          : MessagePrinter.json();
    }
    return switch (output) {
      case json -> MessagePrinter.json();
      case full -> MessagePrinter.full();
      case terse -> MessagePrinter.terse(sentences());
      case pretty -> MessagePrinter.pretty(colours, false, zone);
    };
  }

  private void show(
      Delivery delivery, Predicate<Delivery> wanted, MessagePrinter printer, Output out) {
    boolean refused = delivery.isInvalid();
    if (refused && invalid == Invalid.drop) {
      tellOfTheFirstRefused(delivery);
      return;
    }
    if (!refused && invalid == Invalid.only) {
      return;
    }
    if (enough.getCount() == 0 || !wanted.test(delivery) || !printer.print(delivery, out)) {
      return;
    }
    out.flush();
    if (count != null && shown.incrementAndGet() >= count) {
      enough.countDown();
    }
  }

  /** Whoever waits for messages in vain should learn why, but not once for each of them. */
  private void tellOfTheFirstRefused(Delivery delivery) {
    if (!toldOfRefused) {
      toldOfRefused = true;
      say(
          "messages that fail verification are not shown (--invalid mark shows them); the first: "
              + MessagePrinter.mark(delivery).strip());
    }
  }

  private ExitCode watch(Receiver receiver) throws Exception {
    LinkReporter links = new LinkReporter(this::say);
    long end =
        timeout == null
            ? Long.MAX_VALUE
            : System.nanoTime() + Options.seconds("--timeout", timeout).toNanos();
    while (true) {
      long left = end == Long.MAX_VALUE ? Long.MAX_VALUE : end - System.nanoTime();
      long nap = Math.min(Duration.ofMillis(200).toNanos(), Math.max(0, left));
      if (enough.await(nap, TimeUnit.NANOSECONDS)) {
        return ExitCode.OK;
      }
      Throwable failure = receiver.failure();
      if (failure instanceof Exception e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
      links.look(receiver.status());
      if (left <= 0) {
        return count == null ? ExitCode.OK : ExitCode.NEGATIVE;
      }
    }
  }
}
