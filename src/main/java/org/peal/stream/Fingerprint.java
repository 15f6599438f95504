package org.peal.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.peal.bus.Delivery;
import org.peal.json.CanonicalJson;
import org.peal.message.MessageId;
import org.peal.store.HandledMessage;

/** Tells copies of one message from messages that use its id again. Stateless. */
final class Fingerprint {

  private static final String DONE = "done";

  private Fingerprint() {}

  /**
   * Returns the outcome that a message would have; empty if it was refused, so that its id is
   * anybody's, or has no id.
   */
  static Optional<HandledMessage> of(String handler, Delivery delivery, Instant now) {
    if (delivery.isInvalid()) {
      return Optional.empty();
    }
    return delivery
        .tree()
        .flatMap(
            tree ->
                Optional.ofNullable(tree.path("msg_id").textValue())
                    .filter(id -> !id.isEmpty())
                    .map(
                        id ->
                            new HandledMessage(
                                handler,
                                new MessageId(id),
                                hash(tree),
                                signer(delivery),
                                DONE,
                                "",
                                now)));
  }

  private static Optional<String> signer(Delivery delivery) {
    return delivery
        .verdict()
        .flatMap(verdict -> verdict.fold(v -> Optional.of(v.signer()), i -> Optional.empty()));
  }

  /** What a message says: its topic and body; the rest may differ by the way it came. */
  private static String hash(JsonNode tree) {
    ObjectNode said = JsonNodeFactory.instance.objectNode();
    said.set("topic", tree.path("topic").deepCopy());
    said.set("msg", tree.has("msg") ? tree.get("msg") : JsonNodeFactory.instance.nullNode());
    return HexFormat.of().formatHex(sha256().digest(CanonicalJson.write(said)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
