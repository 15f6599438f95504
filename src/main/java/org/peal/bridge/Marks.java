package org.peal.bridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which bridges a message has crossed, and where it began, as its headers say. Immutable.
 *
 * @param path the bridges, the first one first
 * @param origin {@code zmq} or {@code amqp}; empty if no bridge of this kind has seen it
 */
record Marks(List<String> path, Optional<String> origin) {

  private static final Pattern COMMA = Pattern.compile(",");

  /** Longer paths come from a mistake, and each bridge makes them longer. */
  private static final int MOST = 32;

  static Marks of(ObjectNode headers) {
    String path = headers.path(BridgeHeaders.PATH).asText();
    return new Marks(
        COMMA.splitAsStream(path).map(String::trim).filter(id -> !id.isEmpty()).toList(),
        Optional.ofNullable(headers.path(BridgeHeaders.ORIGIN).textValue())
            .filter(bus -> bus.equals(BridgeHeaders.ZMQ) || bus.equals(BridgeHeaders.AMQP)));
  }

  /** Tells whether a bridge has nothing to do with the message any more. */
  boolean isOver(String bridge) {
    return path.contains(bridge) || path.size() >= MOST;
  }

  /** Tells whether a bridge of this kind has seen the message. */
  boolean isMarked() {
    return origin.isPresent() || !path.isEmpty();
  }

  /** Writes that a bridge has taken the message from a bus. */
  void passedOn(ObjectNode headers, String bridge, String from) {
    headers.put(
        BridgeHeaders.PATH,
        String.join(",", Stream.concat(path.stream(), Stream.of(bridge)).toList()));
    headers.put(BridgeHeaders.ORIGIN, origin.orElse(from));
  }
}
