package org.peal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.peal.testing.ScratchFolder;

/** A store in a file, as a node has it. For one test. */
final class StoreFile implements EmptyStore {

  private final Path folder;
  private @Nullable Database database;

  StoreFile() {
    try {
      folder = Files.createTempDirectory("peal-store");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public StateStore open() {
    Database opened =
        Database.openWithoutLog(
            folder.resolve("t.db"), StoreConfig.defaults(), InstantSource.system());
    database = opened;
    return opened;
  }

  @Override
  public void close() {
    if (database != null) {
      database.close();
    }
    ScratchFolder.remove(folder);
  }
}
