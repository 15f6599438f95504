package org.peal.bridge;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;

/** The {@code bridge} section: what crosses between the buses. Immutable; null means not set. */
@Doc(
    "The part `bridge` of a node: takes messages from one bus to the other. The broker is that of"
        + " `amqp`; see [bridge.md](bridge.md).")
public record BridgeConfig(
    @Doc(
            "The bridge's name in the header `peal-path`, letters, digits, dots, - and _. Two"
                + " bridges never share one. When not set: the node's name.")
        @Nullable String id,
    @Doc("Which ways messages cross: `to-amqp`, `to-zmq`.") List<Direction> directions,
    @Doc(
            "Publish exactly what Python's bridges publish, with all that they lose; nothing is"
                + " marked and nothing can be restored.")
        Boolean compat,
    @Doc(
            "Take messages on that crossed another bridge, to a third net. No message crosses one"
                + " bridge twice. `false`: what came from the other bus does not go back.")
        Boolean onward,
    @Doc("The bridge is not ready when a message waits for longer than this.") Duration mostAge,
    ToAmqpConfig toAmqp,
    ToZmqConfig toZmq) {

  public BridgeConfig {
    directions =
        directions == null
            ? List.of(Direction.values())
            : directions.stream().distinct().sorted().toList();
    compat = requireNonNullElse(compat, false);
    onward = requireNonNullElse(onward, false);
    mostAge = requireNonNullElse(mostAge, Duration.ofMinutes(5));
    toAmqp = requireNonNullElse(toAmqp, ToAmqpConfig.defaults());
    toZmq = requireNonNullElse(toZmq, ToZmqConfig.defaults());
    if (directions.isEmpty()) {
      throw new IllegalArgumentException("directions must name to-amqp, to-zmq or both");
    }
    if (id != null && !id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw new IllegalArgumentException(
          "id must be letters, digits, dots, - and _: \"" + id + "\"");
    }
    if (mostAge.isNegative() || mostAge.isZero()) {
      throw new IllegalArgumentException("most-age must be above 0: " + mostAge);
    }
    if (compat && toZmq.restoreOrigin()) {
      throw new IllegalArgumentException("to-zmq.restore-origin and compat exclude each other");
    }
  }

  Rules toAmqpRules(String bridge) {
    return new Rules(bridge, toAmqp.topics(), toAmqp.exchange(), onward);
  }

  Rules toZmqRules(String bridge) {
    return new Rules(bridge, toZmq.topics(), toAmqp.exchange(), onward);
  }
}
