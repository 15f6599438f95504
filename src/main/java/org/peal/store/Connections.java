package org.peal.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.peal.LibraryFolder;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** Opens connections to one file. Thread-safe. */
final class Connections {

  /** Larger than SQLite's 4096: a signed message is 1 to 3 KB, of which few fit in a page. */
  private static final int PAGE = 8192;

  /** Without a log there are small rows, many at random places: each writes a whole page. */
  private static final int SMALL_PAGE = 4096;

  private static final int BUSY_MILLIS = 10_000;

  /** Nobody else writes; only starting the write-ahead log anew waits, for readers. */
  private static final int WRITER_BUSY_MILLIS = 1_000;

  /** What is cached, in KiB: enough for the inner pages of the indexes of millions of messages. */
  private static final int WRITER_CACHE = 16_384;

  private static final int READER_CACHE = 2_048;

  static {
    LibraryFolder.nameBy("org.sqlite.tmpdir");
  }

  private final Path file;
  private final Failures failures;

  Connections(Path file, Failures failures) {
    this.file = file;
    this.failures = failures;
  }

  /**
   * Opens the connection of the writer, which makes the file if there is none.
   *
   * @param hasLog whether a new file will hold messages
   */
  Session writer(StoreConfig config, boolean hasLog) {
    Session session = open();
    pragma(session, "page_size = " + (hasLog ? PAGE : SMALL_PAGE));
    pragma(session, "journal_mode = WAL");
    pragma(session, "synchronous = " + synchronous(config));
    // Checkpoints are the business of another thread.
    pragma(session, "wal_autocheckpoint = 0");
    pragma(session, "busy_timeout = " + WRITER_BUSY_MILLIS);
    pragma(session, "cache_size = -" + WRITER_CACHE);
    Long size = config.maxSize();
    if (size != null) {
      pragma(session, "max_page_count = " + Math.max(1, size / pageSize(session)));
    }
    return session;
  }

  /** Opens a connection that cannot write. */
  Session reader() {
    Session session = open();
    pragma(session, "cache_size = -" + READER_CACHE);
    pragma(session, "query_only = ON");
    return session;
  }

  /** Opens a connection that copies what was committed into the file. */
  Session checkpointer(StoreConfig config) {
    Session session = open();
    pragma(session, "synchronous = " + synchronous(config));
    pragma(session, "wal_autocheckpoint = 0");
    return session;
  }

  /** Opens a connection that writes other files only. */
  Session exporter() {
    return open();
  }

  private static String synchronous(StoreConfig config) {
    return config.fsync() == Fsync.COMMIT ? "FULL" : "NORMAL";
  }

  private Session open() {
    try {
      Properties settings = new Properties();
      // The driver would otherwise ask for the key of each new row, which costs more than the row.
      settings.setProperty(SQLiteConfig.Pragma.JDBC_GET_GENERATED_KEYS.getPragmaName(), "false");
      Connection connection = JDBC.createConnection(JDBC.PREFIX + file, settings);
      // The driver would otherwise try to commit after every statement; that is done by hand here.
      connection.setAutoCommit(false);
      connection.createStatement().execute("COMMIT");
      Session session = new Session(connection, failures);
      pragma(session, "busy_timeout = " + BUSY_MILLIS);
      pragma(session, "temp_store = MEMORY");
      return session;
    } catch (SQLException e) {
      throw failures.of(e);
    }
  }

  private static long pageSize(Session session) {
    return session.number("PRAGMA page_size");
  }

  private static void pragma(Session session, String setting) {
    session.once("PRAGMA " + setting);
  }
}
