package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Delivery;
import org.peal.bus.Origin;
import org.peal.bus.RawMessage;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.AmqpConsumer;
import org.peal.bus.amqp.AmqpDelivery;
import org.peal.bus.amqp.AmqpHandler;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.Binding;
import org.peal.bus.amqp.QueueRequest;
import org.peal.bus.amqp.QueueTerms;
import org.peal.bus.amqp.Received;
import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;
import org.peal.json.SpacedJson;

/**
 * Watching through a broker: a queue of the command's own, bound to the configured exchanges, from
 * which messages are handed over in the shape that they have on the other bus. Used once.
 */
final class AmqpWatch {

  private static final Duration LOOK = Duration.ofMillis(200);

  private final AmqpConfig config;
  private final List<String> prefixes;
  private final Predicate<RawMessage> wanted;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** Makes one for topics that begin with one of some prefixes; with none of them for all. */
  AmqpWatch(AmqpConfig config, List<String> prefixes, Predicate<RawMessage> wanted) {
    this.config = config;
    this.prefixes = List.copyOf(prefixes);
    this.wanted = wanted;
  }

  /** Hands over what comes until the end; throws what the consumer threw. */
  void run(PealCommand command, Consumer<Delivery> consumer, Watch.Ending ending) throws Exception {
    QueueRequest queue = new QueueRequest("", Optional.of(QueueTerms.TEMPORARY), bindings());
    try (AmqpConsumer running =
        AmqpConsumer.startQuietly(
            "tail", config, List.of(queue), config.readSchemas(), handler(consumer))) {
      boolean isHeard = false;
      do {
        Failures.rethrow(failure.get());
        if (!isHeard && running.status().isReady()) {
          isHeard = true;
          command.say("listening to " + config.amqpUrl());
        }
        if (!isHeard) {
          AmqpConsuming.requireGoingOn(running.status().ending());
        }
      } while (!ending.await(LOOK));
      Failures.rethrow(failure.get());
    }
  }

  private List<Binding> bindings() {
    List<String> keys = prefixes.isEmpty() ? List.of("#") : keys(prefixes);
    return config.bindings().bindings().stream()
        .map(Binding::exchange)
        .distinct()
        .map(exchange -> new Binding("", exchange, keys))
        .toList();
  }

  /**
   * Returns keys that match at least the topics with the prefixes: a prefix may end within a word,
   * which a key cannot, so all of that word's siblings come, and are left out here.
   */
  static List<String> keys(List<String> prefixes) {
    return prefixes.stream()
        .map(prefix -> prefix.substring(0, prefix.lastIndexOf('.') + 1) + "#")
        .distinct()
        .toList();
  }

  private AmqpHandler handler(Consumer<Delivery> consumer) {
    return new AmqpHandler() {
      @Override
      public void handle(AmqpDelivery delivery) {
        AmqpMessage message = delivery.message();
        JsonNode envelope = message.asEnvelope();
        RawMessage raw = raw(message.topic(), delivery.exchange(), SpacedJson.write(envelope));
        pass(raw, new Delivery(raw, Optional.of(envelope), Optional.empty()), consumer);
        delivery.ack();
      }

      @Override
      public void invalid(Received.Invalid message) {
        RawMessage raw = raw(message.topic(), "", message.body());
        Verdict verdict = new Verdict.Invalid(Reason.MALFORMED, message.reason());
        pass(raw, new Delivery(raw, Optional.empty(), Optional.of(verdict)), consumer);
      }
    };
  }

  private RawMessage raw(String topic, String exchange, byte[] payload) {
    return new RawMessage(
        new Origin(exchange, config.amqpUrl().toString()),
        topic.getBytes(StandardCharsets.UTF_8),
        payload,
        Instant.now());
  }

  private void pass(RawMessage raw, Delivery delivery, Consumer<Delivery> consumer) {
    String topic = new String(raw.topic(), StandardCharsets.UTF_8);
    boolean isMeant = prefixes.isEmpty() || prefixes.stream().anyMatch(topic::startsWith);
    if (failure.get() != null || !isMeant || !wanted.test(raw)) {
      return;
    }
    try {
      consumer.accept(delivery);
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }
}
