package org.peal.store;

import static java.util.Objects.requireNonNullElse;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Decides which messages the log gives up. Thread-safe. */
final class Retention {

  private static final String OLDEST =
      "SELECT seq_id, seconds, 0 FROM message INDEXED BY message_time ORDER BY seconds LIMIT 1";
  private static final String FIRST =
      """
      SELECT seq_id, seconds, length(payload) FROM message
      WHERE seq_id <= ? ORDER BY seq_id
      """;

  private record Row(long sequenceId, long seconds, long payload) {}

  private final RetentionConfig config;
  private final InstantSource clock;

  Retention(RetentionConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  /** Returns whether something is to be deleted; takes the same time however much there is. */
  boolean isDue(Session session, Extent extent) {
    return extent.messages() > mostMessages()
        || extent.bytes() > mostBytes()
        || session.all(OLDEST, Retention::row).stream().anyMatch(this::isOld);
  }

  /**
   * Deletes from the beginning what is to be deleted, but at most one chunk.
   *
   * @return how many messages were deleted
   */
  int deleteChunk(Session session, LogAppender log) {
    Extent extent = log.extent();
    List<Row> chunk = session.all(FIRST, Retention::row, extent.first() + config.chunk() - 1);
    // What came before a message that is too old was here even longer, whatever its time says:
    // its publisher's clock was wrong.
    long through =
        session.all(OLDEST, Retention::row).stream()
            .filter(this::isOld)
            .mapToLong(Row::sequenceId)
            .findFirst()
            .orElse(0);
    through = Math.max(through, extent.last() - mostMessages());
    long left = extent.bytes();
    for (Row row : chunk) {
      if (isOld(row) || left > mostBytes()) {
        through = Math.max(through, row.sequenceId());
      }
      left -= Extent.weight(row.payload());
    }
    return delete(chunk, through, log);
  }

  private static int delete(List<Row> chunk, long through, LogAppender log) {
    int messages = 0;
    long weight = 0;
    for (Row row : chunk) {
      if (row.sequenceId() > through) {
        break;
      }
      messages++;
      weight += Extent.weight(row.payload());
    }
    if (messages > 0) {
      log.delete(chunk.get(messages - 1).sequenceId(), weight);
    }
    return messages;
  }

  /** Returns how long nothing may be deleted after so many messages were. */
  Duration pause(int deleted) {
    return Duration.ofNanos(deleted * (Duration.ofSeconds(1).toNanos() / config.rate()));
  }

  private boolean isOld(Row row) {
    Duration age = config.age();
    return !age.isZero() && row.seconds() < clock.instant().minus(age).getEpochSecond();
  }

  private long mostMessages() {
    return requireNonNullElse(config.messages(), Long.MAX_VALUE);
  }

  private long mostBytes() {
    return requireNonNullElse(config.bytes(), Long.MAX_VALUE);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(row.getLong(1), row.getLong(2), row.getLong(3));
  }
}
