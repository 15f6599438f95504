package org.peal.node;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.peal.bus.Published;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.AmqpProblem;
import org.peal.bus.amqp.AmqpPublisher;
import org.peal.bus.amqp.Mandatory;
import org.peal.bus.amqp.PublisherStatus;
import org.peal.schema.Schemas;

/** The way of an outbox to a broker. Thread-safe. */
final class BrokerOutlet implements OutboxPump.Outlet, AutoCloseable {

  private final AmqpConfig config;
  private final AmqpPublisher publisher;

  private BrokerOutlet(AmqpConfig config, AmqpPublisher publisher) {
    this.config = config;
    this.publisher = publisher;
  }

  /** Starts one; it connects in the background. */
  static BrokerOutlet start(AmqpConfig config, Schemas schemas) {
    return new BrokerOutlet(config, AmqpPublisher.start(config, schemas));
  }

  @Override
  public CompletionStage<Published> publish(Draft draft, OptionalLong row) {
    return publisher
        .publish(draft)
        .handle(
            (published, error) -> {
              if (error instanceof PublishException refusal && isForAll(refusal)) {
                throw new PublishException(Kind.CLOSED, refusal.getMessage(), refusal);
              } else if (error != null) {
                throw error instanceof RuntimeException e ? e : new CompletionException(error);
              }
              return published;
            });
  }

  /** Where the login is refused or the exchange missing, no message is to blame, and all wait. */
  private boolean isForAll(PublishException refusal) {
    return switch (refusal.kind()) {
      case FORBIDDEN -> status().isLoginRefused();
      case RETURNED -> config.mandatory() != Mandatory.FAIL;
      default -> false;
    };
  }

  PublisherStatus status() {
    return publisher.status();
  }

  /** Returns what keeps messages from the broker at present. */
  List<String> troubles() {
    PublisherStatus status = status();
    if (status.blocked().isPresent()) {
      return List.of("the broker takes nothing: " + status.blocked().get());
    }
    return status.connected()
        ? List.of()
        : List.of(
            status.problem().map(AmqpProblem::text).orElse("not connected to " + config.amqpUrl()));
  }

  @Override
  public void close() {
    publisher.close();
  }
}
