package org.peal.cli;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.Delivery;
import org.peal.stream.Handling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code peal tail}: watches the bus. */
@Command(
    name = "peal tail",
    sortOptions = false,
    description =
        "Show messages as they come: one readable line each on a terminal, JSON otherwise. They are"
            + " verified when a certificate authority is given or configured. Only --durable"
            + " notices and fills gaps: a sequence counts all topics of a publisher, so a plain"
            + " tail cannot tell what it missed.",
    footer = {
      "",
      "Exit status: 0; 1 fewer than --count came within --timeout; 66 a file is missing; 75 another"
          + " process runs under the NAME of --durable; 78 the"
          + " configuration is wrong, there is nothing to connect to, or no authority for"
          + " --validate; 130 or 143 ended by a signal; 141 the reader of the output went away.",
      "",
      "Examples:",
      "  peal tail",
      "  peal tail --topic org.fedoraproject.prod.bodhi --terse",
      "  peal tail --connect tcp://hub.example.org:9940 --ca ca.crt --crl crl.pem",
      "  peal tail --where 'service == \"git\" and body.commit.branch == \"main\"'",
      "  peal tail --users ann,bob --packages bash",
      "  peal tail --durable archive --since 2h >> archive.json",
      "  peal tail --bus amqp --connect amqp://guest:guest@localhost/",
      "  peal tail --query topic,msg.build_id --count 10"
    })
class TailCommand extends PealCommand {

  @Mixin WatchOptions watching = new WatchOptions();

  @Mixin ShowOptions show = new ShowOptions();

  @Mixin DurableOptions durable = new DurableOptions();

  @Option(names = "--count", paramLabel = "N", description = "End after N messages were shown.")
  @Nullable Long count;

  @Option(names = "--timeout", paramLabel = "SECONDS", description = "End after this time.")
  @Nullable Double timeout;

  private static final int MOST_ANNOUNCED = 1000;

  private final AtomicLong shown = new AtomicLong();
  private final CountDownLatch enough = new CountDownLatch(1);

  TailCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal tail";
  }

  @Override
  boolean isOnAmqp() {
    return watching.bus.isAmqp();
  }

  /** Returns configuration values that options stand for. */
  Map<String, Object> overrides() {
    return watching.overrides(this);
  }

  @Override
  ExitCode run() throws Exception {
    check();
    Watch watch = Watch.prepare(this, watching, overrides());
    show.check(watch.isVerifying());
    Output out = new Output(io.out());
    MessagePrinter printer = printer(watch);
    Predicate<Delivery> wanted = watch.wanted();
    long end =
        timeout == null
            ? Long.MAX_VALUE
            : System.nanoTime() + Options.seconds("--timeout", timeout).toNanos();
    if (durable.name == null) {
      watch.run(delivery -> show(delivery, wanted, printer, out), limit -> isOver(end, limit));
    } else {
      Predicate<Delivery> meant = wanted.and(delivery -> watch.isTopicWanted(delivery.raw()));
      watch.runDurable(durable, handling(meant, printer, out), limit -> isOver(end, limit));
    }
    return count == null || enough.getCount() == 0 ? ExitCode.OK : ExitCode.NEGATIVE;
  }

  private void check() {
    if (count != null) {
      Options.atLeast("--count", count, 1);
    }
    if (timeout != null) {
      Options.seconds("--timeout", timeout);
    }
    show.check(io);
    durable.check(watching);
  }

  /** Returns how messages are shown. */
  MessagePrinter printer(Watch watch) {
    return show.printer(io, watch::sentences);
  }

  private Handling handling(Predicate<Delivery> wanted, MessagePrinter printer, Output out) {
    return new Handling() {
      @Override
      public Result handle(Delivery delivery) {
        return show(delivery, wanted, printer, out);
      }

      @Override
      public void announce(String text) {
        say(SafeText.line(text, MOST_ANNOUNCED));
      }
    };
  }

  private Handling.Result show(
      Delivery delivery, Predicate<Delivery> wanted, MessagePrinter printer, Output out) {
    if (enough.getCount() == 0) {
      return Handling.Result.ENOUGH;
    }
    if (!show.wants(delivery, this::say)
        || !wanted.test(delivery)
        || !printer.print(delivery, out)) {
      return Handling.Result.PASSED_OVER;
    }
    out.flush();
    if (count != null && shown.incrementAndGet() >= count) {
      enough.countDown();
    }
    return Handling.Result.DONE;
  }

  /** Waits a while, and tells whether enough was shown or the time is up. */
  private boolean isOver(long end, Duration limit) throws InterruptedException {
    long left = end == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, end - System.nanoTime());
    long nap = Math.min(limit.toNanos(), left);
    return enough.await(nap, TimeUnit.NANOSECONDS) || left == 0;
  }
}
