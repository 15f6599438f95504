package org.peal.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.peal.message.MessageId;
import org.peal.message.Topic;

/** Messages for tests: whoever knows the sequence id knows all the rest. */
final class StoredMessages {

  private static final long START = 1_700_000_000L;

  /** A clock that takes these messages for young. */
  static final InstantSource CLOCK = () -> Instant.ofEpochSecond(START);

  private StoredMessages() {}

  static StoredMessage number(long sequenceId) {
    return at(sequenceId, START + sequenceId);
  }

  static StoredMessage at(long sequenceId, long seconds) {
    return new StoredMessage(
        sequenceId,
        id(sequenceId),
        new Topic("org.example.test." + sequenceId % 7),
        seconds,
        payload(sequenceId));
  }

  static MessageId id(long sequenceId) {
    return new MessageId("2026-00000000-0000-4000-8000-%012d".formatted(sequenceId));
  }

  private static byte[] payload(long sequenceId) {
    String text =
        "{\"seq_id\":" + sequenceId + ",\"fill\":\"" + "x".repeat((int) (sequenceId % 900));
    return (text + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the messages of a range, both ends included. */
  static List<StoredMessage> range(long first, long last) {
    List<StoredMessage> messages = new ArrayList<>();
    for (long sequenceId = first; sequenceId <= last; sequenceId++) {
      messages.add(number(sequenceId));
    }
    return messages;
  }

  /** Returns a message as it was, in a form that compares by content. */
  static List<Object> content(StoredMessage message) {
    return List.of(
        message.sequenceId(),
        message.id(),
        message.topic(),
        message.seconds(),
        new String(message.payload(), StandardCharsets.UTF_8));
  }
}
