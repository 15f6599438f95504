package org.peal.stream;

import java.time.Instant;
import java.util.Optional;
import org.peal.message.MessageId;
import org.peal.store.Cursor;

/** Turns positions into stored cursors and back. Stateless. */
final class Marks {

  private Marks() {}

  /** Returns the cursor to store; a log's first message has at least number 1 or is asked again. */
  static Cursor cursor(String name, Event.Mark mark, Instant now) {
    Position position = mark.position();
    return new Cursor(
        name,
        mark.stream(),
        mark.publisher(),
        position.run(),
        Math.max(0, position.sequenceId()),
        Optional.of(position.messageId()).filter(id -> !id.isEmpty()).map(MessageId::new),
        now);
  }

  static Event.Mark mark(Cursor cursor) {
    return new Event.Mark(
        cursor.stream(),
        cursor.publisher(),
        new Position(
            cursor.sequenceId(),
            cursor.messageId().map(MessageId::value).orElse(""),
            cursor.run()));
  }
}
