package org.peal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.PealException.Category;

/** What the writer makes of a disk that fails, seen through a connection that says so. */
class WriterTest {

  /** What SQLite says when fsync has failed, and when a write has, and when there is no room. */
  private static final int IOERR_FSYNC = 1034;

  private static final int IOERR_WRITE = 778;
  private static final int FULL = 13;

  @TempDir Path folder;
  private final AtomicInteger failure = new AtomicInteger();
  private Path file;
  private Readers readers;
  private SqlLog log;
  private Writer writer;
  private Session checkpointer;

  @BeforeEach
  void open() throws SQLException {
    file = folder.resolve("s.db");
    Failures failures = new Failures(file);
    Connections connections = new Connections(file, failures);
    try (Session first = connections.writer(StoreConfig.defaults(), true)) {
      Schema.migrate(first, failures);
    }
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    // Transactions are begun and ended by hand, as in the program.
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("COMMIT");
    }
    Session session = new Session(failing(connection), failures);
    readers = new Readers(connections, failures);
    log = SqlLog.open(session, readers, new Random(1));
    writer =
        new Writer(
            session,
            failures,
            Forcing.of(session, StoreConfig.defaults(), true),
            new LogAppender(session, failures, log.extent()),
            log);
    checkpointer = connections.checkpointer(StoreConfig.defaults());
    // Whose thread does not run: nothing happens but what the test does.
    writer.start(new Care(checkpointer, writer, failures, null, StoreConfig.defaults()));
  }

  @AfterEach
  void close() {
    writer.close();
    readers.close();
    checkpointer.close();
  }

  /** Returns the connection, but for commits, which fail with the code that the test says. */
  private Connection failing(Connection connection) {
    return wrapped(
        Connection.class,
        connection,
        (name, args, result) ->
            name.equals("prepareStatement") && "COMMIT".equals(args[0])
                ? failing((PreparedStatement) result)
                : result);
  }

  private PreparedStatement failing(PreparedStatement commit) {
    return wrapped(
        PreparedStatement.class,
        commit,
        (name, args, result) -> result,
        name -> {
          if (name.equals("execute") && failure.get() != 0) {
            throw new SQLException("disk I/O error", null, failure.get());
          }
        });
  }

  private interface Before {
    void call(String method) throws SQLException;
  }

  private interface After {
    Object call(String method, Object[] args, Object result);
  }

  private static <T> T wrapped(Class<T> type, T inner, After after) {
    return wrapped(type, inner, after, name -> {});
  }

  private static <T> T wrapped(Class<T> type, T inner, After after, Before before) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              before.call(method.getName());
              try {
                return after.call(method.getName(), args, method.invoke(inner, args));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private void append(long first, long last) {
    writer
        .submit(
            new Work<Boolean>(
                Work.Kind.GROUPED,
                transaction -> {
                  transaction.append(StoredMessages.range(first, last));
                  return true;
                }))
        .join();
  }

  private StoreException refusal(long first, long last) {
    try {
      append(first, last);
    } catch (CompletionException e) {
      return (StoreException) e.getCause();
    }
    throw new AssertionError("was stored");
  }

  private void assertStopsForGood(int code) {
    append(1, 3);
    failure.set(code);
    StoreException why = refusal(4, 6);
    assertThat(why.category()).isEqualTo(Category.FATAL);
    assertThat(why).hasMessageContaining("s.db").hasMessageContaining("cannot be read or written");
    assertThat(log.extent().last()).isEqualTo(3);

    // What a disk has lost once may be missing for ever: only a new look at the file shows it.
    failure.set(0);
    assertThat(refusal(4, 6)).isSameAs(why);
    assertThat(writer.failure()).containsSame(why);
    writer.close();
    try (Database again =
        Database.open(file, StoreConfig.defaults(), StoredMessages.CLOCK, new Random(2))) {
      assertThat(again.log().lastSequenceId()).isEqualTo(3);
    }
  }

  @Test
  void commit_fsyncFails_nothingIsStoredBeforeARestart() {
    assertStopsForGood(IOERR_FSYNC);
  }

  @Test
  void commit_writeFails_nothingIsStoredBeforeARestart() {
    assertStopsForGood(IOERR_WRITE);
  }

  @Test
  void commit_noRoom_goesOnWhenThereIs() {
    append(1, 3);
    failure.set(FULL);
    assertThat(refusal(4, 6).category()).isEqualTo(Category.TRANSIENT);
    assertThat(log.extent().last()).isEqualTo(3);

    failure.set(0);
    append(4, 6);
    assertThat(log.extent().last()).isEqualTo(6);
    assertThat(writer.failure()).isEmpty();
  }
}
