package org.peal.bridge;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.peal.bus.Delivery;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.EncodedMessage;
import org.peal.json.SpacedJson;
import org.peal.message.MessageId;
import org.peal.message.Topic;
import org.peal.store.HandledMessage;
import org.peal.store.OutboxMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of a message of ZeroMQ all that can be made of it without regard to others: what the broker
 * gets, byte for byte, and what is recorded. Thread-safe, and used on all cores.
 */
final class Preparation {

  private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

  /** What was made of a message. */
  sealed interface Result {}

  /** It can cross, unless it has. */
  record Ready(Prepared message) implements Result {}

  /** It is not to cross. */
  record Skipped(Crossing.Reason reason) implements Result {}

  /**
   * It cannot cross.
   *
   * @param isInvalid whether the message is to blame
   */
  record Refused(String why, boolean isInvalid) implements Result {}

  private final Function<Delivery, Crossing<AmqpMessage>> conversion;
  private final Crossed crossed;
  private final InstantSource clock;

  Preparation(
      Function<Delivery, Crossing<AmqpMessage>> conversion, Crossed crossed, InstantSource clock) {
    this.conversion = conversion;
    this.crossed = crossed;
    this.clock = clock;
  }

  /** Prepares a message; never throws for what it says. */
  Result of(Delivery delivery) {
    try {
      Crossing<AmqpMessage> crossing = conversion.apply(delivery);
      if (crossing instanceof Crossing.Skipped<AmqpMessage> skipped) {
        return new Skipped(skipped.reason());
      } else if (crossing instanceof Crossing.Refused<AmqpMessage> refused) {
        return new Refused(refused.why(), true);
      }
      return new Ready(of(((Crossing.Passed<AmqpMessage>) crossing).message()));
    } catch (RuntimeException e) {
      LOG.error("a fault of peal itself: a message cannot be converted", e);
      return new Refused("a fault of peal itself: " + e, false);
    }
  }

  /** Prepares a message of the broker's own kind, which must have an id. */
  Prepared of(AmqpMessage message) {
    Instant now = clock.instant();
    String id = message.id().orElseThrow();
    EncodedMessage encoded = EncodedMessage.of(message);
    HandledMessage handled = crossed.record(Direction.TO_AMQP, id, message.topic(), message.body());
    OutboxMessage row =
        new OutboxMessage(
            new MessageId(id),
            new Topic(message.topic()),
            new String(encoded.body(), StandardCharsets.US_ASCII),
            new String(SpacedJson.write(message.headers()), StandardCharsets.US_ASCII),
            message.severity(),
            Optional.empty(),
            Optional.empty(),
            now,
            Optional.empty(),
            Journal.BUS);
    return new Prepared(row, encoded, message.sentAt().orElse(now), handled);
  }
}
