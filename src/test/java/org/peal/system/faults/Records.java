package org.peal.system.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the file of a node or subscriber that has ended holds, read without Peal's own code. It is
 * read from a copy, so that what the dead process left is for the next one to put in order.
 * Immutable.
 *
 * @param outcomes how many outcomes each message has, by message id
 * @param cursors how far each stream was followed, by stream
 * @param losses first to last sequence id of what is lost
 * @param reasons why, by first sequence id
 * @param log the messages of the log: message id to sequence id
 * @param times when the messages were made, in seconds, by sequence id
 */
record Records(
    Map<String, Integer> outcomes,
    Map<String, Long> cursors,
    TreeMap<Long, Long> losses,
    Map<Long, String> reasons,
    Map<String, Long> log,
    TreeMap<Long, Long> times) {

  private static final List<String> SUFFIXES = List.of("", "-wal");

  /** Reads a file that no process has open; one that is not there holds nothing. */
  static Records of(Path file) {
    Records records =
        new Records(
            new HashMap<>(),
            new HashMap<>(),
            new TreeMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            new TreeMap<>());
    if (!Files.exists(file)) {
      return records;
    }
    try {
      Path copy = Files.createTempDirectory("faults");
      for (String suffix : SUFFIXES) {
        copy(beside(file, suffix), copy.resolve("copy.db" + suffix));
      }
      records.read(copy.resolve("copy.db"));
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(copy.resolve("copy.db" + suffix));
      }
      Files.delete(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }

  /** Returns the oldest sequence id in the log of a file that a process may have open; 0: none. */
  static long firstInLog(Path file) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet first = statement.executeQuery("SELECT min(seq_id) FROM message")) {
      return first.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }

  /** Copies a store that no process has open, over what is there. */
  static void copyStore(Path from, Path to) {
    try {
      Files.deleteIfExists(beside(to, "-shm"));
      for (String suffix : SUFFIXES) {
        Files.deleteIfExists(beside(to, suffix));
        copy(beside(from, suffix), beside(to, suffix));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static void copy(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void read(Path file) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      if (!statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'loss'").next()) {
        return;
      }
      all(
          statement,
          "SELECT msg_id FROM outcome",
          r -> outcomes.merge(r.getString(1), 1, (a, b) -> a + b));
      all(
          statement,
          "SELECT stream, seq_id FROM cursor",
          r -> cursors.put(r.getString(1), r.getLong(2)));
      all(
          statement,
          "SELECT first_seq_id, last_seq_id, reason FROM loss",
          r -> {
            losses.put(r.getLong(1), r.getLong(2));
            reasons.put(r.getLong(1), r.getString(3));
          });
      all(
          statement,
          "SELECT msg_id, seq_id, seconds FROM message",
          r -> {
            log.put(r.getString(1), r.getLong(2));
            times.put(r.getLong(2), r.getLong(3));
          });
    } catch (SQLException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }

  private interface Row {
    void take(ResultSet row) throws SQLException;
  }

  private static void all(Statement statement, String sql, Row row) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        row.take(rows);
      }
    }
  }
}
