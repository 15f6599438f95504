package org.peal.node;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.peal.store.Database;
import org.peal.store.StoreConfig;

/**
 * The one database of a node, opened when the first part asks for it and closed with the node.
 * Thread-safe.
 */
final class NodeStore implements AutoCloseable {

  private final List<Runnable> outboxReaders = new CopyOnWriteArrayList<>();
  private @Nullable Database database;
  private @Nullable StoreConfig opened;

  /**
   * Returns the database.
   *
   * @throws org.peal.store.StoreException if it cannot be opened
   */
  synchronized Database open(NodeSetup setup) {
    if (database == null) {
      Path file = file(setup.config().store(), setup.folders());
      StoreConfig config = setup.config().store();
      database = Database.open(file, config, InstantSource.system(), new SecureRandom());
      opened = config;
    }
    return database;
  }

  /** Returns the file of the database of a node. */
  static Path file(StoreConfig config, Folders folders) {
    Path said = config.path();
    return said == null ? folders.store() : said;
  }

  /** Returns the settings that the database was opened with; empty while it is not open. */
  synchronized Optional<StoreConfig> opened() {
    return Optional.ofNullable(opened);
  }

  /**
   * Runs something whenever there may be more in the outbox.
   *
   * @return ends that when it is run
   */
  Runnable onOutbox(Runnable reader) {
    outboxReaders.add(reader);
    return () -> outboxReaders.remove(reader);
  }

  /** Tells that there is more in the outbox. */
  void outboxGrew() {
    outboxReaders.forEach(Runnable::run);
  }

  @Override
  public synchronized void close() {
    if (database != null) {
      database.close();
      database = null;
      opened = null;
    }
  }
}
