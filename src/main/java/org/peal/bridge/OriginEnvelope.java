package org.peal.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;

/**
 * The first envelope of a message, carried beside its body: with the body put back, its signature
 * can be verified wherever it has got to. Stateless.
 */
public final class OriginEnvelope {

  private static final String BODY = "msg";
  private static final String TOPIC = "topic";

  /** A broker takes headers of one frame, usually 128 KiB; this leaves room for the others. */
  private static final int MOST_BYTES = 96 << 10;

  private OriginEnvelope() {}

  /**
   * Returns the text of an envelope; empty if it is too large to be carried.
   *
   * <p>A body that is no object becomes one on the other bus, so such a body stays in the text.
   */
  static Optional<String> of(ObjectNode envelope) {
    boolean isCarried = envelope.get(BODY) instanceof ObjectNode;
    byte[] text = CanonicalJson.write(envelope, isCarried ? Set.of(BODY) : Set.of());
    return text.length > MOST_BYTES
        ? Optional.empty()
        : Optional.of(new String(text, StandardCharsets.US_ASCII));
  }

  /**
   * Puts an envelope together again.
   *
   * @param topic the topic that the message has now, which must be the envelope's
   * @param headers what the message carries; not changed
   * @param body what the message says; kept, not copied
   * @return empty if the message carries none, or one that is not its own
   */
  public static Optional<ObjectNode> restore(String topic, JsonNode headers, JsonNode body) {
    String text = headers.path(BridgeHeaders.ORIGIN_ENVELOPE).textValue();
    if (text == null) {
      return Optional.empty();
    }
    try {
      JsonNode tree = StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
      if (!(tree instanceof ObjectNode envelope) || !envelope.path(TOPIC).asText().equals(topic)) {
        return Optional.empty();
      }
      if (!envelope.has(BODY)) {
        envelope.set(BODY, body);
      }
      return Optional.of(envelope);
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }
}
