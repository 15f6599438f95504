package org.peal.store;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.peal.message.MessageId;

/** The log as its readers see it. Thread-safe. */
final class SqlLog implements MessageStore {

  private static final String EXTENT =
      "SELECT first_seq_id, last_seq_id, bytes FROM log WHERE id = 1";

  private static final String STREAM = "SELECT stream FROM log WHERE id = 1";
  private static final String RENEW = "UPDATE log SET stream = ? WHERE id = 1";
  private static final String CREATE =
      "INSERT INTO log (id, stream, first_seq_id, last_seq_id, bytes) VALUES (1, ?, ?, ?, ?)";

  private final StreamId stream;
  private final Readers readers;
  private volatile Extent extent;

  SqlLog(StreamId stream, Extent extent, Readers readers) {
    this.stream = stream;
    this.extent = extent;
    this.readers = readers;
  }

  /** Finds the log, or makes one with an identity of its own. */
  static SqlLog open(Session session, Readers readers, RandomGenerator random) {
    if (session.first(STREAM, row -> row.getString(1)).isEmpty()) {
      Extent none = Extent.EMPTY;
      session.update(
          CREATE, StreamId.create(random).value(), none.first(), none.last(), none.bytes());
    }
    StreamId stream = new StreamId(session.first(STREAM, row -> row.getString(1)).orElseThrow());
    return new SqlLog(stream, extent(session).orElseThrow(), readers);
  }

  /** Gives the log another identity, if there is a log. */
  static void renew(Session session, RandomGenerator random) {
    session.update(RENEW, StreamId.create(random).value());
  }

  static Optional<Extent> extent(Session session) {
    return session.first(EXTENT, row -> new Extent(row.getLong(1), row.getLong(2), row.getLong(3)));
  }

  /** Shows what was committed. Called by the writer's thread. */
  void show(Extent committed) {
    extent = committed;
  }

  Extent extent() {
    return extent;
  }

  @Override
  public StreamId stream() {
    return stream;
  }

  @Override
  public long lastSequenceId() {
    return extent.last();
  }

  @Override
  public long firstSequenceId() {
    return extent.first();
  }

  @Override
  public Page read(ReplayQuery query, long after, Page.Limit limit) {
    return readers.read(session -> page(session, query, clamp(after), limit));
  }

  /** Keeps the next sequence id from overflowing. */
  private static long clamp(long after) {
    return Math.min(Math.max(after, 0), Long.MAX_VALUE - 1);
  }

  private static Page page(Session session, ReplayQuery query, long after, Page.Limit limit) {
    Extent now = extent(session).orElse(Extent.EMPTY);
    if (query instanceof ReplayQuery.Range q) {
      return range(session, Math.max(q.first(), after + 1), Math.min(q.last(), now.last()), limit);
    } else if (query instanceof ReplayQuery.Everything) {
      return range(session, after + 1, now.last(), limit);
    }
    SequenceIds wanted = SequenceIds.of(query, after, now, limit.messages(), session);
    List<StoredMessage> messages = MessageRows.each(session, wanted.ids(), limit);
    boolean complete =
        messages.isEmpty()
            ? wanted.isComplete()
            : wanted.endsWith(messages.get(messages.size() - 1).sequenceId());
    return new Page(messages, complete);
  }

  /** Much the most is asked for like this, so the rows are read in one go. */
  private static Page range(Session session, long first, long last, Page.Limit limit) {
    if (first > last) {
      return new Page(List.of(), true);
    }
    List<StoredMessage> messages = MessageRows.range(session, first, last, limit);
    boolean complete = messages.isEmpty() || messages.get(messages.size() - 1).sequenceId() == last;
    return new Page(messages, complete);
  }

  @Override
  public Optional<StoredMessage> find(MessageId id) {
    return readers.read(session -> MessageRows.find(session, id));
  }
}
