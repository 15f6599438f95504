package org.peal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.peal.PealException.Category;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to a PostgreSQL database, on which every wait has a bound: whoever stops in the
 * middle of a transaction loses it, and with it what it has locked. Immutable.
 */
final class Postgres {

  private static final Logger LOG = LoggerFactory.getLogger(Postgres.class);
  private static final Duration SHORTEST = Duration.ofSeconds(2);
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

  private final PostgresConfig config;
  private final Duration limit;
  private final PostgresFailures failures;

  /** Makes one; {@code limit} is the most that one statement, and a pause between two, may take. */
  Postgres(PostgresConfig config, Duration limit) {
    this.config = config;
    this.limit = limit;
    this.failures = new PostgresFailures(config.shown());
  }

  PostgresFailures failures() {
    return failures;
  }

  /**
   * Opens a connection; the driver begins its transactions.
   *
   * @throws StoreException if that fails
   */
  Session open() {
    Properties properties = properties();
    Session session;
    try {
      Connection connection = new Driver().connect(config.jdbc(), properties);
      if (connection == null) {
        throw failures.failure(Category.FATAL, "has an address that is not understood");
      }
      connection.setAutoCommit(false);
      session = new Session(connection, failures);
    } catch (SQLException e) {
      throw failures.of(e);
    }
    try {
      settle(session);
      return session;
    } catch (StoreException e) {
      closeQuietly(session);
      throw e;
    }
  }

  /**
   * Opens a connection that reads only, each transaction as of one moment.
   *
   * @throws StoreException if that fails
   */
  Session reader() {
    Session session = open();
    try {
      session.once("SET default_transaction_isolation = 'repeatable read'");
      session.once("SET default_transaction_read_only = on");
      session.commitByDriver();
      return session;
    } catch (StoreException e) {
      closeQuietly(session);
      throw e;
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    Duration socket = limit.compareTo(SHORTEST) > 0 ? limit : SHORTEST;
    Duration connect = socket.compareTo(LONGEST_CONNECT) < 0 ? socket : LONGEST_CONNECT;
    PGProperty.SOCKET_TIMEOUT.set(properties, seconds(socket));
    PGProperty.CONNECT_TIMEOUT.set(properties, seconds(connect));
    PGProperty.LOGIN_TIMEOUT.set(properties, seconds(connect));
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.APPLICATION_NAME.set(properties, "peal");
    PGProperty.TARGET_SERVER_TYPE.set(properties, "primary");
    config.user().ifPresent(user -> PGProperty.USER.set(properties, user));
    config
        .passwordFile()
        .ifPresent(
            file -> {
              try {
                PGProperty.PASSWORD.set(properties, Files.readString(file).strip());
              } catch (IOException e) {
                throw failures.failure(
                    Category.TRANSIENT, "has a password file that cannot be read: " + file, e);
              }
            });
    return properties;
  }

  private static int seconds(Duration duration) {
    return (int) duration.plusMillis(999).toSeconds();
  }

  /** What the server sees to for this connection, whatever the database's own settings are. */
  private void settle(Session session) {
    long millis = limit.toMillis();
    session.once("SET search_path = peal");
    session.once("SET default_transaction_isolation = 'read committed'");
    session.once("SET idle_in_transaction_session_timeout = " + millis);
    session.once("SET statement_timeout = " + millis);
    session.once("SET lock_timeout = " + Math.max(1, millis / 3));
    if (session
        .first("SHOW synchronous_commit", row -> row.getString(1))
        .equals(Optional.of("off"))) {
      session.once("SET synchronous_commit = on");
    }
    session.commitByDriver();
  }

  /** Closes a connection; one that failed may fail again at that, which changes nothing. */
  static void closeQuietly(Session session) {
    try {
      session.close();
    } catch (StoreException e) {
      LOG.debug("a connection did not end well: {}", e.getMessage());
    }
  }
}
