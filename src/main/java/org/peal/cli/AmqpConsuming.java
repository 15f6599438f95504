package org.peal.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.AmqpConsumer;
import org.peal.bus.amqp.AmqpDelivery;
import org.peal.bus.amqp.ConsumeException;
import org.peal.bus.amqp.ConsumerStatus;
import org.peal.bus.amqp.QueueRequest;
import org.peal.bus.amqp.RecordLine;

/**
 * Takes messages out of queues and writes each as a line. A message is acknowledged once its line
 * is with the system, so a reader that goes away loses none. Used once.
 */
final class AmqpConsuming {

  private static final long LOOK_MILLIS = 100;

  private final AmqpCommand command;
  private final AmqpConfig config;
  private final AtomicLong left;
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicReference<@Nullable CommandException> failure = new AtomicReference<>();

  AmqpConsuming(AmqpCommand command, AmqpConfig config) {
    this.command = command;
    this.config = config;
    this.left = new AtomicLong(command.count == null ? Long.MAX_VALUE : command.count);
  }

  /** Prints messages until there are enough of them, or a signal comes. */
  ExitCode print() throws InterruptedException {
    Output out = new Output(command.io.out());
    return run(
        line -> {
          out.line(line);
          out.flush();
        });
  }

  /** Writes messages to a file, which is made anew. */
  ExitCode record(String name) throws InterruptedException {
    Path file = command.absolute(Path.of(name));
    try (OutputStream stream =
        Files.newOutputStream(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      Output out = new Output(stream);
      return run(
          line -> {
            out.line(line);
            out.flush();
          });
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.CANNOT_CREATE, "cannot write " + name + ": " + e.getMessage());
    }
  }

  /** Where lines go. */
  private interface Sink {
    void take(byte[] line);
  }

  private ExitCode run(Sink sink) throws InterruptedException {
    try (Stop stop = Stop.onSignals();
        AmqpConsumer consumer =
            AmqpConsumer.startQuietly(
                "consume",
                config,
                QueueRequest.of(config),
                config.readSchemas(),
                delivery -> take(delivery, sink))) {
      boolean isHeard = false;
      while (!over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && !stop.await(Duration.ZERO)) {
        ConsumerStatus status = consumer.status();
        if (!isHeard && status.isReady()) {
          isHeard = true;
          command.say("consuming from " + config.amqpUrl());
        }
        requireGoingOn(status.ending());
      }
    }
    CommandException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    return ExitCode.OK;
  }

  private synchronized void take(AmqpDelivery delivery, Sink sink) {
    if (over.getCount() == 0) {
      return; // not settled: it comes again
    }
    try {
      sink.take(RecordLine.write(delivery.message()));
    } catch (CommandException e) {
      failure.compareAndSet(null, e);
      over.countDown();
      return;
    }
    delivery.ack();
    if (left.decrementAndGet() <= 0) {
      over.countDown();
    }
  }

  /** Ends the command if that is what has become of the consumer. */
  static void requireGoingOn(Optional<ConsumeException> ending) {
    if (ending.isPresent()) {
      throw new CommandException(ending.get().exitCode(), ending.get().getMessage());
    }
  }
}
