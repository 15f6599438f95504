package org.peal.store;

import java.time.Instant;
import java.util.Optional;
import org.peal.message.MessageId;

/**
 * How far a subscriber got in the stream of one publisher. Immutable.
 *
 * @param name the durable subscriber or handler
 * @param stream the publisher's signed stream id, or its endpoint name if it signs none
 * @param publisher the publisher's endpoint name, to look up where it replays; may be empty
 * @param run the publisher's run that the message was of, if it told
 * @param sequenceId the last message that is done with; 0 before the first
 * @param messageId that message's id; empty for a cursor that was set by hand
 * @param updated when it was written
 */
public record Cursor(
    String name,
    String stream,
    String publisher,
    Optional<String> run,
    long sequenceId,
    Optional<MessageId> messageId,
    Instant updated) {

  public Cursor {
    if (name.isEmpty() || stream.isEmpty()) {
      throw new IllegalArgumentException(
          "cursor must have a name and a stream: \"" + name + "\", \"" + stream + "\"");
    }
    if (sequenceId < 0) {
      throw new IllegalArgumentException(
          "sequence id of a cursor must be 0 or more: " + sequenceId);
    }
  }
}
