package org.peal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peal.PealException.Category;

/**
 * What a node keeps on disk, in one SQLite file: its log if it has one, cursors, outcomes, losses
 * and what waits to be published. One process has it open at a time. Thread-safe.
 *
 * @see <a href="../../../../../../docs/adr/0006-sqlite-store.md">decision 6</a>
 */
public final class Database implements StateStore, AutoCloseable {

  private final DatabaseLock lock;
  private final Readers readers;
  private final Writer writer;
  private final Care care;
  private final @Nullable SqlLog log;

  private Database(
      DatabaseLock lock, Readers readers, Writer writer, Care care, @Nullable SqlLog log) {
    this.lock = lock;
    this.readers = readers;
    this.writer = writer;
    this.care = care;
    this.log = log;
  }

  /**
   * Opens a database with a log, which is made if there is none yet.
   *
   * @param file made with its folders if it is not there
   * @param random where the identity of a new log comes from
   * @throws StoreException if it is in use (transient), or damaged, or cannot be opened (fatal)
   */
  public static Database open(
      Path file, StoreConfig config, InstantSource clock, RandomGenerator random) {
    return new Opening(file, config, clock).open(Optional.of(random));
  }

  /**
   * Opens a database for cursors, outcomes, losses and an outbox only. What is written there {@link
   * #writeSoon soon} is forced to the disk within {@link StoreConfig#fsyncInterval()}, not with its
   * commit.
   *
   * @throws StoreException as {@link #open}
   */
  public static Database openWithoutLog(Path file, StoreConfig config, InstantSource clock) {
    return new Opening(file, config, clock).open(Optional.empty());
  }

  /** The steps of opening; what was opened is closed again when a later step fails. */
  private record Opening(Path file, StoreConfig config, InstantSource clock) {

    Database open(Optional<RandomGenerator> random) {
      Failures failures = new Failures(file);
      makeFolder(file, failures);
      DatabaseLock lock = DatabaseLock.take(file, failures);
      try {
        return open(lock, failures, random);
      } catch (RuntimeException | Error e) {
        lock.close();
        throw e;
      }
    }

    private Database open(DatabaseLock lock, Failures failures, Optional<RandomGenerator> random) {
      Connections connections = new Connections(file, failures);
      Session session = connections.writer(config, random.isPresent());
      try {
        Schema.migrate(session, failures);
        Integrity.check(session, failures);
        Readers readers = new Readers(connections, failures);
        SqlLog log = random.map(r -> SqlLog.open(session, readers, r)).orElse(null);
        LogAppender appender =
            log == null ? null : new LogAppender(session, failures, log.extent());
        Forcing forcing = Forcing.of(session, config, log != null);
        Writer writer = new Writer(session, failures, forcing, appender, log);
        Retention retention = log == null ? null : new Retention(config.retention(), clock);
        Care care = new Care(connections.checkpointer(config), writer, failures, retention, config);
        writer.start(care);
        care.start();
        return new Database(lock, readers, writer, care, log);
      } catch (RuntimeException | Error e) {
        session.close();
        throw e;
      }
    }
  }

  /**
   * Returns the log.
   *
   * @throws IllegalStateException if this was opened without
   */
  public MessageStore log() {
    if (log == null) {
      throw new IllegalStateException("this database was opened without a log");
    }
    return log;
  }

  /**
   * {@inheritDoc}
   *
   * <p>By the default policy what is committed was forced to the disk. A failure is transient if
   * the disk is full or this is closed.
   */
  @Override
  public <T> CompletableFuture<T> write(Function<? super Transaction, ? extends T> work) {
    return writer.submit(new Work<T>(Work.Kind.GROUPED, work::apply));
  }

  @Override
  public <T> CompletableFuture<T> writeSoon(Function<? super Transaction, ? extends T> work) {
    return writer.submit(new Work<T>(Work.Kind.PATIENT, work::apply));
  }

  @Override
  public void hurry() {
    writer.hurry();
  }

  @Override
  public <T> T read(Function<? super Snapshot, ? extends T> work) {
    return readers.read(session -> work.apply(ReadTransaction.on(session)));
  }

  /**
   * Reads, in one transaction, a file that may be open in another process, without keeping that
   * from anything.
   *
   * @param file must exist
   * @throws StoreException if it cannot be read, or is not a database of this version
   */
  public static <T> T inspect(Path file, Function<? super Snapshot, ? extends T> work) {
    Failures failures = new Failures(file);
    if (!Files.exists(file)) {
      throw failures.failure(Category.PERMANENT, "does not exist");
    }
    try (Session session = new Connections(file, failures).reader()) {
      Schema.check(session, failures);
      session.execute("BEGIN");
      return work.apply(ReadTransaction.on(session));
    }
  }

  /**
   * Writes all that is committed in one file into a new one, also while another process has the
   * first one open. The log of the new one is a stream of its own: two logs that go on from one
   * must not pass for each other. The new file is there when it is whole, not before.
   *
   * @param source must exist
   * @param target must not exist; its folder is made
   * @throws StoreException if the source is another program's or a later Peal's, or the target
   *     exists or cannot be written
   */
  public static void copy(Path source, Path target, RandomGenerator random) {
    Failures reading = new Failures(source);
    Failures writing = new Failures(target);
    if (!Files.exists(source)) {
      throw reading.failure(Category.PERMANENT, "does not exist");
    }
    if (Files.exists(target)) {
      throw writing.failure(Category.PERMANENT, "exists already: move it away or name a new file");
    }
    makeFolder(target, writing);
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      try {
        Files.deleteIfExists(part);
        copyInto(part, source, reading);
        renewStream(part, random);
        Files.move(part, target);
      } finally {
        Files.deleteIfExists(part);
        Files.deleteIfExists(DatabaseLock.file(part));
      }
    } catch (IOException e) {
      throw writing.failure(Category.FATAL, "cannot be written", e);
    }
  }

  private static void copyInto(Path target, Path source, Failures failures) {
    try (Session session = new Connections(source, failures).exporter()) {
      Schema.known(session, failures);
      session.update("VACUUM INTO ?", target.toString());
    }
  }

  private static void makeFolder(Path file, Failures failures) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw failures.failure(Category.FATAL, "cannot be made", e);
    }
  }

  /** Gives the log of a file that is not open a new identity. */
  private static void renewStream(Path file, RandomGenerator random) {
    Failures failures = new Failures(file);
    DatabaseLock lock = DatabaseLock.take(file, failures);
    try (Session session = new Connections(file, failures).writer(StoreConfig.defaults(), true)) {
      Schema.migrate(session, failures);
      Integrity.check(session, failures);
      SqlLog.renew(session, random);
    } finally {
      lock.close();
    }
  }

  /** Returns why nothing can be written any more, if so. */
  public Optional<StoreException> failure() {
    return writer.failure();
  }

  /**
   * Returns about how many bytes the messages of the log take.
   *
   * @throws IllegalStateException if this was opened without a log
   */
  public long logBytes() {
    log();
    return log == null ? 0 : log.extent().bytes();
  }

  /** Returns how many commits there were since this was opened. */
  public long commits() {
    return writer.commits();
  }

  /** Returns how many pieces of work wait for the next commit. */
  public int waiting() {
    return writer.waiting();
  }

  /** Commits what waits and closes the files. Nothing happens at another call. */
  @Override
  public void close() {
    try {
      care.close();
      readers.close();
      writer.close();
    } finally {
      lock.close();
    }
  }
}
