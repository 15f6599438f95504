package org.peal.store;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The tables in the file of a node. */
class TablesTest extends TablesSuite {

  @TempDir Path folder;
  private Database database;

  @Override
  StateStore open() {
    database =
        Database.openWithoutLog(
            folder.resolve("t.db"), StoreConfig.defaults(), InstantSource.system());
    return database;
  }

  @AfterEach
  void close() {
    database.close();
  }
}
