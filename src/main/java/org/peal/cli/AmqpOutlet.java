package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.Published;
import org.peal.bus.Publisher;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.AmqpPublisher;
import org.peal.message.Topic;

/** The exchange of a broker that messages are published to. */
final class AmqpOutlet implements Outlet {

  private final Publisher publisher;
  private final Consumer<String> accepted;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private int open;

  private AmqpOutlet(Publisher publisher, Consumer<String> accepted) {
    this.publisher = publisher;
    this.accepted = accepted;
  }

  /** Opens one; {@code accepted} is told the id of each message that the broker has confirmed. */
  static Outlet open(AmqpConfig config, Consumer<String> accepted) {
    return new AmqpOutlet(AmqpPublisher.startQuietly(config, config.readSchemas()), accepted);
  }

  @Override
  public void send(Topic topic, JsonNode body) {
    if (isStopped()) {
      return;
    }
    synchronized (this) {
      open++;
    }
    publisher.publish(Draft.of(topic, body)).whenComplete(this::answered);
  }

  private void answered(@Nullable Published published, @Nullable Throwable problem) {
    if (problem != null) {
      failure.compareAndSet(null, problem);
    } else if (published != null) {
      accepted.accept(published.id().value());
    }
    synchronized (this) {
      open--;
      notifyAll();
    }
  }

  @Override
  public boolean isStopped() {
    return failure.get() != null;
  }

  /** Each message has an answer within {@code amqp.publish-timeout}. */
  @Override
  public Optional<String> finish() throws InterruptedException {
    synchronized (this) {
      while (open > 0) {
        wait();
      }
    }
    Throwable problem = failure.get();
    if (problem == null) {
      return Optional.empty();
    }
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    if (cause instanceof PublishException refused) {
      return failed(refused);
    }
    throw new IllegalStateException("publishing failed", cause);
  }

  private static Optional<String> failed(PublishException e) {
    return switch (e.kind()) {
      case FORBIDDEN -> throw new CommandException(ExitCode.REFUSED, e.getMessage());
      case MALFORMED -> throw new CommandException(ExitCode.BAD_DATA, e.getMessage());
      default -> Optional.of(e.getMessage());
    };
  }

  @Override
  public void close() {
    publisher.close();
  }
}
