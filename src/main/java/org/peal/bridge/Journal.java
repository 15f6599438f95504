package org.peal.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.HeaderNames;
import org.peal.json.JsonLimits;
import org.peal.json.SpacedJson;
import org.peal.json.StrictJson;
import org.peal.message.MessageId;
import org.peal.message.Topic;
import org.peal.store.Acquaintance;
import org.peal.store.Database;
import org.peal.store.HandledMessage;
import org.peal.store.OutboxMessage;
import org.peal.store.OutboxRow;
import org.peal.store.Transaction;
import org.peal.stream.Rows;

/**
 * What has come from ZeroMQ and is not yet confirmed by the broker: rows of the node's outbox,
 * added in the transaction that records how far the publisher was followed. Thread-safe.
 */
final class Journal {

  private static final String BUS = "bridge";

  /**
   * A message with its place.
   *
   * @param since when it came
   */
  record Entry(long row, AmqpMessage message, Instant since) {}

  private final Database database;
  private final InstantSource clock;

  /** How many entries there are; exact enough to keep a bound. */
  private final AtomicLong size;

  Journal(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.size = new AtomicLong(database.read(snapshot -> snapshot.outbox().size(BUS)));
  }

  /** Returns what adds a message, unless it was added or has crossed before. */
  Rows addition(AmqpMessage message, HandledMessage crossed) {
    OutboxMessage row =
        new OutboxMessage(
            new MessageId(message.id().orElseThrow()),
            new Topic(message.topic()),
            text(message.body()),
            text(message.headers()),
            message.severity(),
            Optional.empty(),
            Optional.empty(),
            clock.instant(),
            Optional.empty(),
            BUS);
    return transaction -> add(transaction, row, crossed);
  }

  private void add(Transaction transaction, OutboxMessage row, HandledMessage crossed) {
    if (!(transaction.outcomes().record(crossed) instanceof Acquaintance.Same)
        && transaction.outbox().add(row)) {
      size.incrementAndGet();
    }
  }

  /** Returns the next entries behind a row, in the order in which they came. */
  List<Entry> next(long after, int limit) {
    return database.read(snapshot -> snapshot.outbox().next(BUS, after, limit)).stream()
        .map(Journal::entry)
        .toList();
  }

  /** Removes entries that the broker has. */
  void remove(List<Entry> entries) {
    if (!entries.isEmpty()) {
      database
          .write(
              transaction -> {
                entries.forEach(entry -> remove(transaction, entry.row()));
                return true;
              })
          .join();
    }
  }

  private void remove(Transaction transaction, long row) {
    if (transaction.outbox().delete(row)) {
      size.decrementAndGet();
    }
  }

  /** Notes that somebody else has published a message. */
  CompletableFuture<Boolean> publishedElsewhere(MessageId id, HandledMessage crossed) {
    return database.write(
        transaction -> {
          transaction.outcomes().record(crossed);
          boolean isRemoved = transaction.outbox().delete(BUS, id);
          if (isRemoved) {
            size.decrementAndGet();
          }
          return isRemoved;
        });
  }

  long size() {
    return Math.max(0, size.get());
  }

  /** Returns for how long the first entry has waited. */
  Duration age() {
    return database.read(snapshot -> snapshot.outbox().next(BUS, 0, 1)).stream()
        .findFirst()
        .map(row -> Duration.between(row.message().created(), clock.instant()))
        .filter(age -> !age.isNegative())
        .orElse(Duration.ZERO);
  }

  private static String text(ObjectNode tree) {
    return new String(SpacedJson.write(tree), StandardCharsets.US_ASCII);
  }

  private static Entry entry(OutboxRow row) {
    OutboxMessage message = row.message();
    ObjectNode headers = object(message.headers());
    return new Entry(
        row.row(),
        new AmqpMessage(
            message.topic().value(),
            Optional.of(message.id().value()),
            headers,
            object(message.body()),
            priority(headers),
            Optional.empty()),
        message.created());
  }

  private static Optional<Integer> priority(ObjectNode headers) {
    JsonNode said = headers.path(HeaderNames.PRIORITY);
    return said.isInt() && said.intValue() > 0 && said.intValue() <= 255
        ? Optional.of(said.intValue())
        : Optional.empty();
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }
}
