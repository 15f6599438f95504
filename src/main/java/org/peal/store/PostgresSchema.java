package org.peal.store;

import java.util.List;
import org.peal.PealException.Category;

/**
 * The tables that nodes share, and the steps that bring a database of an earlier version to them.
 * The tables have the same columns as the file's, so the same statements serve for both; texts are
 * ordered as in the file. All steps that are missing are one transaction, under a lock, so nodes
 * may start at the same time. Stateless.
 */
final class PostgresSchema {

  /** "peal" in ASCII: the number of the lock. */
  private static final long LOCK = 0x7065616c;

  private static final String SCHEMA = "peal";

  /** Steps from version i to version i + 1; what was released is never changed, only added to. */
  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              """
              CREATE TABLE lease (
                name text COLLATE "C" PRIMARY KEY,
                holder text NOT NULL,
                fencing bigint NOT NULL,
                expires timestamptz NOT NULL
              ) WITH (fillfactor = 50)
              """,
              """
              CREATE TABLE cursor (
                name text COLLATE "C" NOT NULL,
                stream text COLLATE "C" NOT NULL,
                publisher text NOT NULL,
                run text,
                seq_id bigint NOT NULL,
                msg_id text,
                updated bigint NOT NULL,
                PRIMARY KEY (name, stream)
              ) WITH (fillfactor = 50)
              """,
              """
              CREATE TABLE outcome (
                rowid bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                handler text COLLATE "C" NOT NULL,
                dedup_key text COLLATE "C" NOT NULL,
                msg_id text NOT NULL,
                content_hash text COLLATE "C" NOT NULL,
                signer text COLLATE "C" NOT NULL,
                outcome text COLLATE "C" NOT NULL,
                why text NOT NULL,
                lines text NOT NULL,
                handled bigint NOT NULL,
                UNIQUE (handler, dedup_key, content_hash, signer)
              )
              """,
              "CREATE INDEX outcome_time ON outcome (handled)",
              "CREATE INDEX outcome_message ON outcome (dedup_key)",
              """
              CREATE TABLE outbox (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                msg_id text COLLATE "C" NOT NULL UNIQUE,
                topic text NOT NULL,
                body text NOT NULL,
                headers text NOT NULL,
                severity integer NOT NULL,
                cert_prefix text,
                username text,
                created bigint NOT NULL,
                handler text COLLATE "C",
                bus text COLLATE "C" NOT NULL
              )
              """,
              """
              CREATE TABLE loss (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                stream text COLLATE "C" NOT NULL,
                publisher text NOT NULL,
                first_seq_id bigint NOT NULL,
                last_seq_id bigint NOT NULL,
                reason text NOT NULL,
                found bigint NOT NULL,
                UNIQUE (stream, first_seq_id, last_seq_id)
              )
              """,
              """
              CREATE TABLE subscriber (
                name text COLLATE "C" PRIMARY KEY,
                since bigint NOT NULL
              )
              """,
              """
              CREATE TABLE journal (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                handler text COLLATE "C" NOT NULL,
                dedup_key text COLLATE "C" NOT NULL,
                msg_id text NOT NULL,
                content_hash text COLLATE "C" NOT NULL,
                signer text COLLATE "C" NOT NULL,
                message text NOT NULL,
                attempts integer NOT NULL,
                due bigint NOT NULL,
                since bigint NOT NULL,
                why text NOT NULL,
                lines text NOT NULL,
                UNIQUE (handler, dedup_key, content_hash, signer)
              )
              """,
              "CREATE INDEX journal_due ON journal (handler, due)",
              "CREATE INDEX journal_message ON journal (dedup_key)",
              """
              CREATE TABLE dead_letter (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                handler text COLLATE "C" NOT NULL,
                msg_id text NOT NULL,
                content_hash text COLLATE "C" NOT NULL,
                signer text COLLATE "C" NOT NULL,
                kind text NOT NULL,
                message text NOT NULL,
                attempts integer NOT NULL,
                reason text NOT NULL,
                lines text NOT NULL,
                since bigint NOT NULL
              )
              """,
              """
              CREATE TABLE handler_memory (
                handler text COLLATE "C" NOT NULL,
                key text COLLATE "C" NOT NULL,
                value text NOT NULL,
                PRIMARY KEY (handler, key)
              )
              """,
              """
              CREATE TABLE decision (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                handler text COLLATE "C" NOT NULL,
                msg_id text NOT NULL,
                made bigint NOT NULL,
                json text NOT NULL
              )
              """,
              "CREATE INDEX decision_time ON decision (made)",
              """
              CREATE TABLE decision_label (
                kind text COLLATE "C" NOT NULL,
                value text COLLATE "C" NOT NULL,
                decision bigint NOT NULL,
                PRIMARY KEY (kind, value, decision)
              )
              """,
              "CREATE INDEX decision_label_of ON decision_label (decision)"),
          List.of(
              """
              CREATE TABLE open_gap (
                name text COLLATE "C" NOT NULL,
                stream text COLLATE "C" NOT NULL,
                publisher text NOT NULL,
                first_seq_id bigint NOT NULL,
                last_seq_id bigint NOT NULL,
                reason text NOT NULL,
                since bigint NOT NULL,
                PRIMARY KEY (name, stream, first_seq_id)
              )
              """),
          List.of("ALTER TABLE subscriber ADD COLUMN announced bigint NOT NULL DEFAULT 0"));

  private PostgresSchema() {}

  /**
   * Brings a database to the current version; changes nothing where it is there already.
   *
   * @throws StoreException if it was written by a later Peal, or the role may not make tables
   */
  static void migrate(Session session, PostgresFailures failures) {
    check(session, failures);
    if (version(session) < STEPS.size()) {
      session.first("SELECT pg_advisory_xact_lock(?)", row -> true, LOCK);
      steps(session, version(session));
    }
    session.commitByDriver();
  }

  /**
   * Checks that a database can be brought to the current version, and changes nothing.
   *
   * @throws StoreException if it was written by a later Peal
   */
  static void check(Session session, PostgresFailures failures) {
    long version = version(session);
    if (version > STEPS.size()) {
      throw failures.failure(
          Category.FATAL,
          "was written by a later Peal (version %d, this one knows %d): use that one"
              .formatted(version, STEPS.size()));
    }
  }

  private static void steps(Session session, long version) {
    if (!exists(session, "pg_namespace WHERE nspname = ?", SCHEMA)) {
      session.once("CREATE SCHEMA " + SCHEMA);
    }
    if (version == 0) {
      session.once("CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)");
      session.once("INSERT INTO schema_version VALUES (0)");
    }
    for (long next = version; next < STEPS.size(); next++) {
      STEPS.get((int) next).forEach(session::once);
    }
    session.update("UPDATE schema_version SET version = ?", STEPS.size());
  }

  private static long version(Session session) {
    return exists(
            session, "pg_tables WHERE schemaname = ? AND tablename = 'schema_version'", SCHEMA)
        ? session.number("SELECT version FROM schema_version")
        : 0;
  }

  private static boolean exists(Session session, String what, String name) {
    return session.number("SELECT count(*) FROM " + what, name) > 0;
  }
}
