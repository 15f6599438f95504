package org.peal.bridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.peal.bus.amqp.AmqpMessage;

/**
 * Makes of messages of fedora-messaging exactly the envelopes that Python's bridge makes of them,
 * not yet signed, member for member. Thread-safe.
 *
 * <p>Lost are, as there, all headers. The year before the id is that of the clock.
 */
final class CompatToZmq {

  private static final Pattern YEAR = Pattern.compile("\\d{4}-.*", Pattern.DOTALL);

  private final Rules rules;
  private final InstantSource clock;
  private final InstantSource years;

  /** Counts all messages, also those that do not cross, as there. */
  private final AtomicLong counter = new AtomicLong();

  /** Makes a conversion whose counter starts at 1; {@code years} tells what year it is. */
  CompatToZmq(Rules rules, InstantSource clock, InstantSource years) {
    this.rules = rules;
    this.clock = clock;
    this.years = years;
  }

  Crossing<ObjectNode> convert(AmqpMessage message) {
    long count = counter.incrementAndGet();
    if (!rules.topics().takes(message.topic())) {
      return new Crossing.Skipped<>(Crossing.Reason.FILTERED);
    }
    if (message.id().isEmpty()) {
      return new Crossing.Refused<>("it has no message id");
    }
    String id = message.id().get();
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("topic", message.topic());
    envelope.set(ZmqInput.BODY, message.body());
    envelope.put("timestamp", clock.instant().getEpochSecond());
    envelope.put(ZmqInput.MESSAGE_ID, YEAR.matcher(id).matches() ? id : year() + "-" + id);
    envelope.put("i", count);
    envelope.put(ZmqInput.USERNAME, BridgeHeaders.USERNAME);
    return new Crossing.Passed<>(envelope);
  }

  private int year() {
    return years.instant().atZone(ZoneOffset.UTC).getYear();
  }
}
