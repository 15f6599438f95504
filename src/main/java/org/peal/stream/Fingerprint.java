package org.peal.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import org.peal.bus.Delivery;
import org.peal.message.MessageId;
import org.peal.store.MessageKey;

/** Tells copies of one message from messages that use its id again. Stateless. */
final class Fingerprint {

  private Fingerprint() {}

  /**
   * Returns what tells a message from others; empty if it was refused, so that its id is anybody's,
   * or has no id.
   */
  static Optional<MessageKey> of(String handler, Delivery delivery) {
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
                            new MessageKey(
                                handler, new MessageId(id), hash(tree), signer(delivery))));
  }

  private static Optional<String> signer(Delivery delivery) {
    return delivery
        .verdict()
        .flatMap(verdict -> verdict.fold(v -> Optional.of(v.signer()), i -> Optional.empty()));
  }

  private static String hash(JsonNode tree) {
    JsonNode body = tree.has("msg") ? tree.get("msg") : JsonNodeFactory.instance.nullNode();
    return ContentHash.of(tree.path("topic").deepCopy(), body);
  }
}
