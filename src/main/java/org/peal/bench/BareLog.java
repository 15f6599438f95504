package org.peal.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The least that SQLite can do to keep the rows of a log: one connection, the same columns and
 * indexes, each batch a transaction that is forced to the disk. The limit of what a store of ours
 * can reach. Not thread-safe.
 */
public final class BareLog implements AutoCloseable {

  private static final String INSERT =
      "INSERT INTO message (seq_id, msg_id, topic, seconds, payload) VALUES (?, ?, ?, ?, ?)";
  private static final String READ =
      "SELECT seq_id, msg_id, topic, seconds, payload FROM message"
          + " WHERE seq_id > ? ORDER BY seq_id LIMIT ?";

  private final Connection connection;
  private final PreparedStatement insert;
  private long last;

  /** Makes a new file. */
  public BareLog(Path file) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    execute("PRAGMA page_size = 8192");
    execute("PRAGMA journal_mode = WAL");
    execute("PRAGMA synchronous = FULL");
    execute("PRAGMA cache_size = -16384");
    // As seldom as a node's: most pages of the index change again before they are copied.
    execute("PRAGMA wal_autocheckpoint = 8192");
    execute(
        "CREATE TABLE message (seq_id INTEGER PRIMARY KEY, msg_id TEXT NOT NULL,"
            + " topic TEXT NOT NULL, seconds INTEGER NOT NULL, payload BLOB NOT NULL) STRICT");
    execute("CREATE UNIQUE INDEX message_id ON message (msg_id)");
    execute("CREATE INDEX message_time ON message (seconds)");
    connection.setAutoCommit(false);
    insert = connection.prepareStatement(INSERT);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Stores some rows with new ids and makes sure that they are on the disk.
   *
   * @param ids message ids that were never used here
   * @param payloads as many
   */
  public void commit(List<String> ids, List<byte[]> payloads) throws SQLException {
    for (int i = 0; i < ids.size(); i++) {
      insert.setLong(1, ++last);
      insert.setString(2, ids.get(i));
      insert.setString(3, SampleMessages.TOPIC.value());
      insert.setLong(4, 1_780_000_000L + last / 1000);
      insert.setBytes(5, payloads.get(i));
      insert.addBatch();
    }
    insert.executeBatch();
    connection.commit();
  }

  /** Reads a file that holds a log, in pages; returns how many rows there are. */
  public static long readAll(Path file, int page) throws SQLException {
    long after = 0;
    long rows = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement select = connection.prepareStatement(READ)) {
      long before;
      do {
        before = rows;
        select.setLong(1, after);
        select.setInt(2, page);
        try (ResultSet found = select.executeQuery()) {
          while (found.next()) {
            after = found.getLong(1);
            rows += found.getBytes(5).length > 0 && !found.getString(2).isEmpty() ? 1 : 0;
          }
        }
      } while (rows > before);
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
