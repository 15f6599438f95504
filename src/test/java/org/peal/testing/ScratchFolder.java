package org.peal.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Removes folders that hold nothing of worth. Thread-safe. */
public final class ScratchFolder {

  private ScratchFolder() {}

  /** Removes a folder and what is in it, as far as it lets itself be removed. */
  public static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(ScratchFolder::delete);
    } catch (IOException e) {
      return; // in a folder for temporary files, which is emptied some day
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      return; // the same
    }
  }
}
