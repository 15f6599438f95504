package org.peal.system;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.peal.message.MessageId;
import org.peal.message.Topic;
import org.peal.store.Cursor;
import org.peal.store.Database;
import org.peal.store.StoreConfig;
import org.peal.store.StoredMessage;

/**
 * A program that writes to a store until it is killed: random batches with a cursor to the last of
 * them. It prints each sequence id up to which the store has acknowledged.
 */
final class StoreWriter {

  static final String NAME = "writer";

  /** A clock that takes the messages for young. */
  static final InstantSource CLOCK = () -> Instant.EPOCH;

  private StoreWriter() {}

  /** Runs on a file with a seed. */
  public static void main(String[] args) {
    Random random = new Random(Long.parseLong(args[1]));
    Database database = Database.open(Path.of(args[0]), StoreConfig.defaults(), CLOCK, random);
    System.out.println("from " + database.log().lastSequenceId());
    long last = database.log().lastSequenceId();
    while (true) {
      List<StoredMessage> batch = new ArrayList<>();
      int size = 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 3);
      for (int i = 0; i < size; i++) {
        batch.add(message(++last));
      }
      long acknowledged = last;
      database
          .<Long>write(
              transaction -> {
                transaction.append(batch);
                transaction.cursors().put(cursor(acknowledged));
                return acknowledged;
              })
          .thenAccept(id -> System.out.println("ack " + id));
    }
  }

  private static Cursor cursor(long sequenceId) {
    return new Cursor(NAME, "s", "", Optional.empty(), sequenceId, Optional.empty(), Instant.EPOCH);
  }

  static StoredMessage message(long sequenceId) {
    String id = "2026-" + new UUID(0x4000, sequenceId);
    byte[] payload =
        ("{\"seq_id\":"
                + sequenceId
                + ",\"fill\":\""
                + "y".repeat((int) (sequenceId % 1999))
                + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    return new StoredMessage(
        sequenceId, new MessageId(id), new Topic("org.example.dev.crash"), sequenceId, payload);
  }
}
