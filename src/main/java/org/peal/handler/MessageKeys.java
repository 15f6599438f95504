package org.peal.handler;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import org.peal.message.MessageId;
import org.peal.store.MessageKey;
import org.peal.stream.ContentHash;

/**
 * By what a message is known at one handler. Immutable.
 *
 * @param message by its id, content and signer
 * @param own by the handler's own key, if it gives one
 */
record MessageKeys(MessageKey message, Optional<MessageKey> own) {

  /** What the outcomes by a handler's own key have for an id. */
  private static final String PREFIX = "key:";

  static MessageKeys of(String handler, Message message, Optional<String> own) {
    String hash = ContentHash.of(TextNode.valueOf(message.topic().value()), message.body());
    return new MessageKeys(
        new MessageKey(handler, message.id(), hash, message.signer()),
        own.map(
            key ->
                new MessageKey(
                    handler,
                    new MessageId(PREFIX + key),
                    MessageKey.NO_CONTENT,
                    Optional.empty())));
  }

  /** Returns what stands for a message where there is none: what is done about a loss. */
  static MessageKey of(String handler, LostMessages lost) {
    String id =
        "lost-%s-%d-%d".formatted(lost.stream(), lost.firstSequenceId(), lost.lastSequenceId());
    return new MessageKey(handler, new MessageId(id), "lost", Optional.empty());
  }
}
