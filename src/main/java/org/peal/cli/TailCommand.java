package org.peal.cli;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.Delivery;
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

  @Mixin WatchOptions watching = new WatchOptions();

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
      names = "--invalid",
      paramLabel = "drop|mark|only",
      defaultValue = "drop",
      description = "What to do with messages that fail verification. Default: ${DEFAULT-VALUE}.")
  Invalid invalid = Invalid.drop;

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
    return watching.overrides(this);
  }

  @Override
  ExitCode run() throws Exception {
    check();
    Watch watch = Watch.prepare(this, watching, overrides());
    if (invalid == Invalid.only && !watch.isVerifying()) {
      throw new CommandException(
          ExitCode.CONFIGURATION, "--invalid only needs a certificate authority: give --ca FILE");
    }
    Output out = new Output(io.out());
    MessagePrinter printer = printer(watch);
    Predicate<Delivery> wanted = watch.wanted();
    long end =
        timeout == null
            ? Long.MAX_VALUE
            : System.nanoTime() + Options.seconds("--timeout", timeout).toNanos();
    watch.run(delivery -> show(delivery, wanted, printer, out), limit -> isOver(end, limit));
    return count == null || enough.getCount() == 0 ? ExitCode.OK : ExitCode.NEGATIVE;
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

  /** Returns how messages are shown. */
  MessagePrinter printer(Watch watch) {
    Colours colours = Colours.choose(color, io.environment(), io.terminals().out());
    ZoneId zone = ZoneId.systemDefault();
    if (terse) {
      return MessagePrinter.terse(watch.sentences());
    } else if (query != null) {
      return MessagePrinter.query(query);
    } else if (reallyPretty) {
      return MessagePrinter.pretty(colours, false, zone);
    } else if (pretty) {
      return MessagePrinter.pretty(new Colours(false), true, zone);
    } else if (output == null) {
      return io.terminals().out()
          ? MessagePrinter.line(colours, zone, watch.sentences())
          : MessagePrinter.json();
    }
    return switch (output) {
      case json -> MessagePrinter.json();
      case full -> MessagePrinter.full();
      case terse -> MessagePrinter.terse(watch.sentences());
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

  /** Waits a while, and tells whether enough was shown or the time is up. */
  private boolean isOver(long end, Duration limit) throws InterruptedException {
    long left = end == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, end - System.nanoTime());
    long nap = Math.min(limit.toNanos(), left);
    return enough.await(nap, TimeUnit.NANOSECONDS) || left == 0;
  }
}
