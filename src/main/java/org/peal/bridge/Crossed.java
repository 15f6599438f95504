package org.peal.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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
   * Tells the same of many, which costs little more than of one: what a reader of the store holds
   * in memory is of use only until the next commit.
   */
  List<Acquaintance> check(List<HandledMessage> messages) {
    return database.read(
        snapshot -> messages.stream().map(each -> check(snapshot, each.key())).toList());
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

  private static Acquaintance check(Snapshot snapshot, MessageKey key) {
    Acquaintance found = new Acquaintance.New();
    for (Direction direction : Direction.values()) {
      Acquaintance known = snapshot.outcomes().check(there(direction, key));
      if (known instanceof Acquaintance.Same) {
        return known;
      }
      if (known instanceof Acquaintance.Conflict) {
        found = known;
      }
    }
    return found;
  }
}
