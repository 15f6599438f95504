package org.peal.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.peal.ExitCode;
import org.peal.node.Folders;

/**
 * The databases of this user's durable subscribers, one file for each name.
 *
 * @param folder may not exist yet
 */
record DurableFiles(Path folder) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String SUFFIX = ".db";

  static DurableFiles of(Io io) {
    return new DurableFiles(Folders.of(io.environment()).state().resolve("tail"));
  }

  /** Refuses a name that could lead elsewhere than into the folder. */
  static void requireName(String option, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new CommandException(
          ExitCode.USAGE,
          option
              + " must be 1 to 64 letters, digits, dots, hyphens and underscores, and begin with a"
              + " letter or digit: \""
              + SafeText.line(name, 100)
              + "\"");
    }
  }

  Path file(String name) {
    return folder.resolve(name + SUFFIX);
  }

  /** Returns the file of a subscriber that must be there. */
  Path existing(String name) {
    Path file = file(name);
    if (!Files.exists(file)) {
      throw new CommandException(
          ExitCode.NEGATIVE,
          "no durable subscriber of that name: \"" + name + "\" (known: " + names() + ")");
    }
    return file;
  }

  /** Returns the names that there are, sorted. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        names.add(name.substring(0, name.length() - SUFFIX.length()));
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    names.sort(null);
    return names;
  }
}
