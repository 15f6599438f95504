package org.peal.store;

import java.time.Duration;
import java.util.Optional;

/**
 * The table of leases. All times are the database's: the clocks of hosts do not matter. Used only
 * within its transaction.
 */
final class LeaseTable {

  private static final String LATER = "clock_timestamp() + CAST(? AS bigint) * interval '1 ms'";
  private static final String FIND =
      """
      SELECT holder, fencing,
      CAST(extract(epoch FROM expires - clock_timestamp()) * 1000 AS bigint)
      FROM lease WHERE name = ?
      """;
  private static final String TAKE =
      "INSERT INTO lease (name, holder, fencing, expires) VALUES (?, ?, 1, "
          + LATER
          + """
          )
          ON CONFLICT (name) DO UPDATE
          SET holder = excluded.holder, fencing = lease.fencing + 1, expires = excluded.expires
          WHERE lease.expires <= clock_timestamp() OR lease.holder = excluded.holder
          RETURNING fencing
          """;
  private static final String RENEW =
      "UPDATE lease SET expires = "
          + LATER
          + " WHERE name = ? AND holder = ? AND fencing = ? AND expires > clock_timestamp()";
  private static final String RELEASE =
      """
      UPDATE lease SET expires = clock_timestamp()
      WHERE name = ? AND holder = ? AND fencing = ? AND expires > clock_timestamp()
      """;
  private static final String MAKE =
      """
      INSERT INTO lease (name, holder, fencing, expires) VALUES (?, '', 0, clock_timestamp())
      ON CONFLICT (name) DO NOTHING
      """;
  private static final String LOCK = "SELECT fencing FROM lease WHERE name = ? FOR UPDATE";

  private final Session session;

  LeaseTable(Session session) {
    this.session = session;
  }

  /**
   * Who has a lease.
   *
   * @param left until when, from now; negative if it is over
   */
  record Row(String holder, long number, Duration left) {}

  Optional<Row> find(String name) {
    return session.first(
        FIND,
        row -> new Row(row.getString(1), row.getLong(2), Duration.ofMillis(row.getLong(3))),
        name);
  }

  /** Takes a lease that is nobody's, or the same holder's; waits for whoever has it locked. */
  Optional<Fence> take(String name, String holder, Duration duration) {
    return session
        .first(TAKE, row -> row.getLong(1), name, holder, duration.toMillis())
        .map(number -> new Fence(name, holder, number, duration));
  }

  /**
   * Renews a lease and keeps it locked until the transaction ends, so that nobody takes it before.
   *
   * @return false if it is not this holder's any more, or was not renewed in time
   */
  boolean renew(Fence fence) {
    return session.update(
            RENEW, fence.duration().toMillis(), fence.name(), fence.holder(), fence.number())
        > 0;
  }

  /** Ends a lease; nothing happens if it is not this holder's any more. */
  void release(Fence fence) {
    session.update(RELEASE, fence.name(), fence.holder(), fence.number());
  }

  /** Keeps a lease locked until the transaction ends, whoever has it. */
  void lock(String name) {
    session.update(MAKE, name);
    session.number(LOCK, name);
  }
}
