package org.peal.store;

import java.util.List;
import org.peal.PealException.Category;

/**
 * The tables, and the steps that bring a file of an earlier version to them. The version is
 * SQLite's {@code user_version}; each step is one transaction. Stateless.
 *
 * @see <a href="../../../../../../docs/adr/0006-sqlite-store.md">decision 6</a>
 */
final class Schema {

  /** "peal" in ASCII: marks a file of ours. */
  private static final long APPLICATION = 0x7065616c;

  /** Steps from version i to version i + 1; what was released is never changed, only added to. */
  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              """
              CREATE TABLE log (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                stream TEXT NOT NULL,
                first_seq_id INTEGER NOT NULL,
                last_seq_id INTEGER NOT NULL,
                bytes INTEGER NOT NULL
              ) STRICT
              """,
              """
              CREATE TABLE message (
                seq_id INTEGER PRIMARY KEY,
                msg_id TEXT NOT NULL,
                topic TEXT NOT NULL,
                seconds INTEGER NOT NULL,
                payload BLOB NOT NULL
              ) STRICT
              """,
              "CREATE UNIQUE INDEX message_id ON message (msg_id)",
              "CREATE INDEX message_time ON message (seconds)",
              """
              CREATE TABLE cursor (
                name TEXT NOT NULL,
                stream TEXT NOT NULL,
                publisher TEXT NOT NULL,
                run TEXT,
                seq_id INTEGER NOT NULL,
                msg_id TEXT,
                updated INTEGER NOT NULL,
                PRIMARY KEY (name, stream)
              ) STRICT, WITHOUT ROWID
              """,
              """
              CREATE TABLE outcome (
                handler TEXT NOT NULL,
                dedup_key TEXT NOT NULL,
                msg_id TEXT NOT NULL,
                content_hash TEXT NOT NULL,
                signer TEXT NOT NULL,
                outcome TEXT NOT NULL,
                why TEXT NOT NULL,
                handled INTEGER NOT NULL,
                UNIQUE (handler, dedup_key, content_hash, signer)
              ) STRICT
              """,
              "CREATE INDEX outcome_time ON outcome (handled)",
              """
              CREATE TABLE outbox (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                msg_id TEXT NOT NULL UNIQUE,
                topic TEXT NOT NULL,
                body TEXT NOT NULL,
                headers TEXT NOT NULL,
                severity INTEGER NOT NULL,
                cert_prefix TEXT,
                username TEXT,
                created INTEGER NOT NULL,
                handler TEXT
              ) STRICT
              """,
              """
              CREATE TABLE loss (
                id INTEGER PRIMARY KEY,
                stream TEXT NOT NULL,
                publisher TEXT NOT NULL,
                first_seq_id INTEGER NOT NULL,
                last_seq_id INTEGER NOT NULL,
                reason TEXT NOT NULL,
                found INTEGER NOT NULL,
                UNIQUE (stream, first_seq_id, last_seq_id)
              ) STRICT
              """),
          List.of(
              """
              CREATE TABLE subscriber (
                name TEXT PRIMARY KEY,
                since INTEGER NOT NULL
              ) STRICT, WITHOUT ROWID
              """),
          List.of(
              "ALTER TABLE outcome ADD COLUMN lines TEXT NOT NULL DEFAULT ''",
              "CREATE INDEX outcome_message ON outcome (dedup_key)",
              "ALTER TABLE outbox ADD COLUMN bus TEXT NOT NULL DEFAULT 'zmq'",
              """
              CREATE TABLE journal (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                handler TEXT NOT NULL,
                dedup_key TEXT NOT NULL,
                msg_id TEXT NOT NULL,
                content_hash TEXT NOT NULL,
                signer TEXT NOT NULL,
                message TEXT NOT NULL,
                attempts INTEGER NOT NULL,
                due INTEGER NOT NULL,
                since INTEGER NOT NULL,
                why TEXT NOT NULL,
                lines TEXT NOT NULL,
                UNIQUE (handler, dedup_key, content_hash, signer)
              ) STRICT
              """,
              "CREATE INDEX journal_due ON journal (handler, due)",
              "CREATE INDEX journal_message ON journal (dedup_key)",
              """
              CREATE TABLE dead_letter (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                handler TEXT NOT NULL,
                msg_id TEXT NOT NULL,
                content_hash TEXT NOT NULL,
                signer TEXT NOT NULL,
                kind TEXT NOT NULL,
                message TEXT NOT NULL,
                attempts INTEGER NOT NULL,
                reason TEXT NOT NULL,
                lines TEXT NOT NULL,
                since INTEGER NOT NULL
              ) STRICT
              """,
              """
              CREATE TABLE handler_memory (
                handler TEXT NOT NULL,
                key TEXT NOT NULL,
                value TEXT NOT NULL,
                PRIMARY KEY (handler, key)
              ) STRICT, WITHOUT ROWID
              """),
          List.of(
              """
              CREATE TABLE decision (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                handler TEXT NOT NULL,
                msg_id TEXT NOT NULL,
                made INTEGER NOT NULL,
                json TEXT NOT NULL
              ) STRICT
              """,
              "CREATE INDEX decision_time ON decision (made)",
              """
              CREATE TABLE decision_label (
                kind TEXT NOT NULL,
                value TEXT NOT NULL,
                decision INTEGER NOT NULL,
                PRIMARY KEY (kind, value, decision)
              ) STRICT, WITHOUT ROWID
              """,
              "CREATE INDEX decision_label_of ON decision_label (decision)"),
          List.of(
              """
              CREATE TABLE open_gap (
                name TEXT NOT NULL,
                stream TEXT NOT NULL,
                publisher TEXT NOT NULL,
                first_seq_id INTEGER NOT NULL,
                last_seq_id INTEGER NOT NULL,
                reason TEXT NOT NULL,
                since INTEGER NOT NULL,
                PRIMARY KEY (name, stream, first_seq_id)
              ) STRICT, WITHOUT ROWID
              """),
          // Each entry was a page written at random; outcomes are found by their handlers as well.
          List.of("DROP INDEX outcome_message"),
          List.of("ALTER TABLE subscriber ADD COLUMN announced INTEGER NOT NULL DEFAULT 0"),
          // A unique index of whole keys was most of the file, and each entry a page at random.
          List.of(
              """
              CREATE TABLE outcome_by_time (
                handler TEXT NOT NULL,
                dedup_key TEXT NOT NULL,
                msg_id TEXT NOT NULL,
                content_hash TEXT NOT NULL,
                signer TEXT NOT NULL,
                outcome TEXT NOT NULL,
                why TEXT NOT NULL,
                lines TEXT NOT NULL,
                handled INTEGER NOT NULL
              ) STRICT
              """,
              """
              INSERT INTO outcome_by_time
              (handler, dedup_key, msg_id, content_hash, signer, outcome, why, lines, handled)
              SELECT handler, dedup_key, msg_id, content_hash, signer, outcome, why, lines, handled
              FROM outcome ORDER BY rowid
              """,
              "DROP TABLE outcome",
              "ALTER TABLE outcome_by_time RENAME TO outcome",
              "CREATE INDEX outcome_time ON outcome (handled)",
              """
              CREATE INDEX outcome_key ON outcome (
                CASE WHEN length(dedup_key) = 36 AND substr(dedup_key, 9, 1) = '-'
                THEN substr(dedup_key, 1, 6) || substr(dedup_key, 33) ELSE dedup_key END)
              """),
          // Ids of one moment are side by side in it, since they begin with the time.
          List.of(
              "DROP INDEX outcome_key",
              "CREATE INDEX outcome_key ON outcome (" + OutcomeTable.PART_OF_KEY + ")"));

  private Schema() {}

  /**
   * Brings a database to the current version.
   *
   * @throws StoreException if the file is another program's or a later Peal's
   */
  static void migrate(Session session, Failures failures) {
    for (long next = known(session, failures); next < STEPS.size(); next++) {
      step(session, (int) next);
    }
  }

  /**
   * Returns the version of a database that {@link #migrate} could bring to the current one.
   *
   * @throws StoreException if the file is another program's or a later Peal's
   */
  static long known(Session session, Failures failures) {
    long version = session.number("PRAGMA user_version");
    long application = session.number("PRAGMA application_id");
    boolean empty = session.number("SELECT count(*) FROM sqlite_schema") == 0;
    if (application != APPLICATION && !(empty && application == 0 && version == 0)) {
      throw failures.failure(
          Category.FATAL, "is a database of another program: name a file of Peal, or a new one");
    }
    if (version > STEPS.size()) {
      throw failures.failure(
          Category.FATAL,
          "was written by a later Peal (version %d, this one knows %d): use that one"
              .formatted(version, STEPS.size()));
    }
    return version;
  }

  /**
   * Checks that a database has the current version, for those who must not change it.
   *
   * @throws StoreException if it has not
   */
  static void check(Session session, Failures failures) {
    long version = session.number("PRAGMA user_version");
    if (session.number("PRAGMA application_id") != APPLICATION || version != STEPS.size()) {
      throw failures.failure(
          Category.FATAL,
          "is not a database of this version of Peal (version %d, not %d)"
              .formatted(version, STEPS.size()));
    }
  }

  private static void step(Session session, int from) {
    session.execute("BEGIN IMMEDIATE");
    STEPS.get(from).forEach(session::once);
    session.once("PRAGMA application_id = " + APPLICATION);
    session.once("PRAGMA user_version = " + (from + 1));
    session.execute("COMMIT");
  }
}
