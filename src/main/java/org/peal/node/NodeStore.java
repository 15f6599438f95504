package org.peal.node;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.peal.store.Database;

/**
 * The one database of a node, opened when the first part asks for it and closed with the node.
 * Thread-safe.
 */
final class NodeStore implements AutoCloseable {

  private static final String FILE = "store.db";

  private @Nullable Database database;

  /**
   * Returns the database.
   *
   * @throws org.peal.store.StoreException if it cannot be opened
   */
  synchronized Database open(NodeSetup setup) {
    if (database == null) {
      Path said = setup.config().store().path();
      Path file = said == null ? setup.folders().state().resolve(FILE) : said;
      database =
          Database.open(file, setup.config().store(), InstantSource.system(), new SecureRandom());
    }
    return database;
  }

  @Override
  public synchronized void close() {
    if (database != null) {
      database.close();
      database = null;
    }
  }
}
