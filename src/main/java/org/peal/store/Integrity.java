package org.peal.store;

import java.util.List;
import java.util.Optional;

/** Looks whether a file holds what it should. Stateless. */
final class Integrity {

  private static final String OK = "ok";
  private static final String QUICK = "PRAGMA quick_check(1)";
  private static final String ENDS =
      """
      SELECT (SELECT count(*) FROM message), (SELECT min(seq_id) FROM message),
      (SELECT max(seq_id) FROM message)
      """;

  private record Rows(long count, long first, long last) {}

  private Integrity() {}

  /**
   * Reads the whole file once.
   *
   * @throws StoreException of the category fatal if something is wrong
   */
  static void check(Session session, Failures failures) {
    List<String> found = session.all(QUICK, row -> row.getString(1));
    if (!found.equals(List.of(OK))) {
      throw failures.damaged(String.join("; ", found));
    }
    Optional<Extent> log = SqlLog.extent(session);
    Rows rows =
        session
            .first(ENDS, row -> new Rows(row.getLong(1), row.getLong(2), row.getLong(3)))
            .orElseThrow();
    if (log.isEmpty()) {
      if (rows.count() > 0) {
        throw failures.damaged("it has messages but no stream id");
      }
    } else if (rows.count() != log.get().messages() || !hasEnds(rows, log.get())) {
      throw failures.damaged(
          "its log should hold sequence ids %d to %d, but holds %d messages from %d to %d"
              .formatted(
                  log.get().first(), log.get().last(), rows.count(), rows.first(), rows.last()));
    }
  }

  private static boolean hasEnds(Rows rows, Extent log) {
    return rows.count() == 0 || rows.first() == log.first() && rows.last() == log.last();
  }
}
