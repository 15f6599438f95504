package org.peal.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.message.MessageId;
import org.peal.store.Acquaintance;
import org.peal.store.Database;
import org.peal.store.HandledMessage;
import org.peal.store.MessageKey;
import org.peal.store.Snapshot;
import org.peal.stream.ContentHash;

/**
 * Remembers what has crossed in either direction, by id without the year and by content, for as
 * long as {@code dedup} says. Thread-safe.
 */
final class Crossed {

  private static final String PREFIX = "bridge.";
  private static final String DONE = "crossed";

  private final Database database;
  private final InstantSource clock;

  Crossed(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Returns what is recorded when a message has crossed. */
  HandledMessage record(Direction direction, String id, String topic, JsonNode body) {
    MessageKey key =
        new MessageKey(
            PREFIX + direction,
            new MessageId(id),
            ContentHash.of(TextNode.valueOf(topic), body),
            Optional.empty());
    return new HandledMessage(key, DONE, "", List.of(), clock.instant());
  }

  /** Tells whether a message has crossed, in any direction, or another one under its id. */
  Acquaintance check(HandledMessage message) {
    return check(List.of(message)).get(0);
  }

  /**
   * Tells the same of many, in their order, which costs little more than of one: they are looked
   * for together, and what a reader of the store holds in memory is of use only until the next
   * commit.
   */
  List<Acquaintance> check(List<HandledMessage> messages) {
    return messages.isEmpty()
        ? List.of()
        : database.read(snapshot -> check(snapshot, messages.stream().map(m -> m.key()).toList()));
  }

  /** Forgets that a message has crossed, in any direction, so that it may again. */
  void forget(HandledMessage message) {
    database
        .write(
            transaction -> {
              for (Direction direction : Direction.values()) {
                transaction.outcomes().forget(there(direction, message.key()));
              }
              return true;
            })
        .join();
  }

  private static MessageKey there(Direction direction, MessageKey key) {
    return new MessageKey(PREFIX + direction, key.id(), key.contentHash(), key.signer());
  }

  private static List<Acquaintance> check(Snapshot snapshot, List<MessageKey> keys) {
    Acquaintance[] found = new Acquaintance[keys.size()];
    for (Direction direction : Direction.values()) {
      List<Acquaintance> known =
          snapshot.outcomes().check(keys.stream().map(key -> there(direction, key)).toList());
      Arrays.setAll(found, i -> stronger(found[i], known.get(i)));
    }
    return List.of(found);
  }

  /** Returns what counts of what is known of a message in two directions; null is nothing. */
  private static Acquaintance stronger(@Nullable Acquaintance one, Acquaintance other) {
    return one == null || one instanceof Acquaintance.New || other instanceof Acquaintance.Same
        ? other
        : one;
  }
}
