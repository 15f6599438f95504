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
import org.jspecify.annotations.Nullable;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.EncodedMessage;
import org.peal.bus.amqp.HeaderNames;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.MessageId;
import org.peal.store.Database;
import org.peal.store.HandledMessage;
import org.peal.store.OutboxMessage;
import org.peal.store.OutboxRow;
import org.peal.store.Transaction;
import org.peal.stream.Rows;

/**
 * What has come from ZeroMQ and is not yet confirmed by the broker: rows of the node's outbox,
 * added in the transaction that records how far the publisher was followed. What was committed last
 * is also held in memory, so that it need not be read again. Thread-safe.
 */
final class Journal {

  /** The name of the journal's rows in the outbox. */
  static final String BUS = "bridge";

  /**
   * A message with its place.
   *
   * @param made when its publisher made it, or when it came
   */
  record Entry(long row, EncodedMessage message, Instant made) {}

  /**
   * Entries that follow each other in the journal.
   *
   * @param first the row of the first
   * @param last the row of the last
   */
  record Range(long first, long last) {}

  private final Database database;
  private final InstantSource clock;
  private final FreshEntries fresh = new FreshEntries();

  /** How many entries there are; exact enough to keep a bound. */
  private final AtomicLong size;

  /** Changes when entries were removed that somebody may have read. */
  private final AtomicLong generation = new AtomicLong();

  /** The last row that was added; used by the store's thread once this is made. */
  private long added;

  /** The last row that was committed. */
  private final AtomicLong last;

  Journal(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.size = new AtomicLong(database.<Long>read(snapshot -> snapshot.outbox().size(BUS)));
    this.last = new AtomicLong(database.<Long>read(snapshot -> snapshot.outbox().last(BUS)));
    this.added = last.get();
  }

  /**
   * Returns what adds a message, unless it was added or has crossed before.
   *
   * @param told of it when it is committed
   */
  Rows addition(Prepared message, Runnable told) {
    return new Addition(message, told);
  }

  /** Adds a message; used by the store's thread. */
  private final class Addition implements Rows {
    private final Prepared message;
    private final Runnable told;
    private long before;
    private @Nullable Entry entry;

    Addition(Prepared message, Runnable told) {
      this.message = message;
      this.told = told;
    }

    @Override
    public void write(Transaction transaction) {
      if (transaction.outcomes().add(message.crossed())) {
        transaction.outbox().place(message.row()).ifPresent(this::placed);
      }
    }

    private void placed(long row) {
      before = added;
      added = row;
      entry = new Entry(row, message.message(), message.made());
    }

    @Override
    public void committed() {
      Entry mine = entry;
      if (mine != null) {
        size.incrementAndGet();
        fresh.add(mine, before);
        last.accumulateAndGet(mine.row(), Math::max);
        told.run();
      }
    }
  }

  /** Writes rows that belong to the journal, on their own, and waits for the commit. */
  void write(Rows rows) {
    database
        .write(
            transaction -> {
              rows.write(transaction);
              return true;
            })
        .thenAccept(done -> rows.committed())
        .join();
  }

  /** Returns the entry behind a row if it is at hand without a look at the disk. */
  @Nullable Entry fresh(long after) {
    return fresh.next(after);
  }

  /** Returns the next entries behind a row, in the order in which they came. */
  List<Entry> next(long after, int limit) {
    return database.read(snapshot -> snapshot.outbox().next(BUS, after, limit)).stream()
        .map(Journal::entry)
        .toList();
  }

  /** Returns the last row that was committed; 0 if there never was one. */
  long last() {
    return last.get();
  }

  /** Returns a number that changes when what was read before may be in the journal no longer. */
  long generation() {
    return generation.get();
  }

  /** Returns an entry as a message; empty if it is gone. */
  Optional<AmqpMessage> message(long row) {
    return database.read(snapshot -> snapshot.outbox().next(BUS, row - 1, 1)).stream()
        .filter(found -> found.row() == row)
        .map(Journal::message)
        .findFirst();
  }

  /** Removes entries that need not be published any more, soon. */
  CompletableFuture<Integer> remove(List<Range> ranges) {
    return database
        .writeSoon(
            transaction ->
                ranges.stream()
                    .mapToInt(
                        range -> transaction.outbox().delete(BUS, range.first(), range.last()))
                    .sum())
        .whenComplete(
            (removed, error) -> {
              if (error == null) {
                size.addAndGet(-removed);
              }
            });
  }

  /** Notes that somebody else has published a message. */
  CompletableFuture<Boolean> publishedElsewhere(MessageId id, HandledMessage crossed) {
    return database
        .write(
            transaction -> {
              transaction.outcomes().record(crossed);
              return transaction.outbox().delete(BUS, id);
            })
        .whenComplete(
            (isRemoved, error) -> {
              if (error == null && isRemoved) {
                size.decrementAndGet();
                fresh.clear();
                generation.incrementAndGet();
              }
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

  private static Entry entry(OutboxRow row) {
    OutboxMessage message = row.message();
    ObjectNode headers = object(message.headers());
    EncodedMessage encoded =
        EncodedMessage.of(
            message.topic().value(),
            message.id(),
            headers,
            priority(headers),
            message.body().getBytes(StandardCharsets.US_ASCII));
    return new Entry(row.row(), encoded, message.created());
  }

  private static AmqpMessage message(OutboxRow row) {
    OutboxMessage message = row.message();
    ObjectNode headers = object(message.headers());
    return new AmqpMessage(
        message.topic().value(),
        Optional.of(message.id().value()),
        headers,
        object(message.body()),
        priority(headers),
        Optional.empty());
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
