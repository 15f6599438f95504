package org.peal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection with the statements that were prepared on it; texts of statements are constants,
 * so there are few. Used by one thread at a time. Throws {@link StoreException} for whatever fails.
 */
final class Session implements AutoCloseable {

  /** Makes a value of the row that a result stands at. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** What differs between databases. */
  interface Dialect {
    /** Gives a failure its meaning. */
    StoreException of(SQLException e);

    /** Returns a value as this database can keep it. */
    default @Nullable Object kept(@Nullable Object value) {
      return value;
    }
  }

  /** Some calls to the database. */
  interface Calls<T> {
    T run() throws SQLException;
  }

  /** SQLite's general error: for a rollback, that no transaction is active. */
  private static final int NO_TRANSACTION = 1;

  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  Session(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** Returns the statement of a text; its owner is this session. */
  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      statements.put(sql, known);
    }
    return known;
  }

  /** Runs calls and gives their failure its meaning. */
  <T> T attempt(Calls<T> calls) {
    try {
      return calls.run();
    } catch (SQLException e) {
      forgetStatements();
      throw dialect.of(e);
    }
  }

  /** The driver closes statements that fail for want of room; used again, they would fail anew. */
  private void forgetStatements() {
    statements.values().forEach(Session::closeQuietly);
    statements.clear();
  }

  private static void closeQuietly(PreparedStatement statement) {
    try {
      statement.close();
    } catch (SQLException e) {
      // It fails again with what it failed with.
      return;
    }
  }

  /** Runs a statement that has neither values nor a result. */
  void execute(String sql) {
    attempt(() -> prepare(sql).execute());
  }

  /** Runs a statement that will not be needed again. */
  void once(String sql) {
    attempt(
        () -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  /** Runs a statement that changes rows; returns how many. */
  int update(String sql, @Nullable Object... values) {
    return attempt(() -> bound(sql, values).executeUpdate());
  }

  /** Undoes the transaction under way; nothing if there is none, as after some failures. */
  void rollback() {
    attempt(
        () -> {
          try {
            return prepare("ROLLBACK").execute();
          } catch (SQLException e) {
            if (e.getErrorCode() == NO_TRANSACTION) {
              forgetStatements();
              return false;
            }
            throw e;
          }
        });
  }

  /** Commits the transaction under way, where the driver begins one with the first statement. */
  void commitByDriver() {
    attempt(
        () -> {
          connection.commit();
          return true;
        });
  }

  /** Undoes the transaction under way, where the driver begins one with the first statement. */
  void rollbackByDriver() {
    attempt(
        () -> {
          connection.rollback();
          return true;
        });
  }

  /** Returns all rows of a query. */
  <T> List<T> all(String sql, Row<T> reader, @Nullable Object... values) {
    return attempt(
        () -> {
          List<T> rows = new ArrayList<>();
          try (ResultSet result = bound(sql, values).executeQuery()) {
            while (result.next()) {
              rows.add(reader.read(result));
            }
          }
          return rows;
        });
  }

  /** Returns the first row of a query. */
  <T> Optional<T> first(String sql, Row<T> reader, @Nullable Object... values) {
    return attempt(
        () -> {
          try (ResultSet result = bound(sql, values).executeQuery()) {
            return result.next() ? Optional.of(reader.read(result)) : Optional.empty();
          }
        });
  }

  /** Returns the number that a query gives; 0 if it gives none. */
  long number(String sql, @Nullable Object... values) {
    return first(sql, row -> row.getLong(1), values).orElse(0L);
  }

  PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepare(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, dialect.kept(values[i]));
    }
    return statement;
  }

  @Override
  public void close() {
    attempt(
        () -> {
          for (PreparedStatement statement : statements.values()) {
            statement.close();
          }
          statements.clear();
          connection.close();
          return true;
        });
  }
}
