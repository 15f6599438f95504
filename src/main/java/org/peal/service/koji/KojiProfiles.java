package org.peal.service.koji;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds profiles in Koji's client configuration: all {@code *.conf} of a folder and a file of the
 * system, then those of the user. Later files win, key by key; a file that is not there is empty.
 * Immutable.
 */
public final class KojiProfiles {

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_FILES = 1000;

  private final Path system;
  private final Path home;

  private KojiProfiles(Path system, Path home) {
    this.system = system;
    this.home = home;
  }

  /** Returns those in {@code /etc} and in the home folder of the user. */
  public static KojiProfiles ofHost() {
    return in(Path.of("/etc"), Path.of(System.getProperty("user.home")));
  }

  /** Returns those in folders that stand for {@code /etc} and for the home folder. */
  public static KojiProfiles in(Path system, Path home) {
    return new KojiProfiles(system, home);
  }

  /**
   * Returns the profile of this name.
   *
   * @param overrides keys and values that win over those of all files
   * @throws KojiSetupException if no file has it, or it cannot be used
   */
  public KojiProfile profile(String name, Map<String, String> overrides) {
    Map<String, String> values = new LinkedHashMap<>();
    boolean found = false;
    for (Path file : files()) {
      Map<String, Map<String, String>> sections = IniFile.parse(text(file), file.toString());
      values.putAll(sections.getOrDefault("DEFAULT", Map.of()));
      found |= sections.containsKey(name);
      values.putAll(sections.getOrDefault(name, Map.of()));
    }
    if (!found) {
      throw new KojiSetupException(
          "no profile "
              + name
              + " in "
              + system.resolve("koji.conf")
              + ", "
              + system.resolve("koji.conf.d")
              + " or "
              + home.resolve(".koji"),
          null);
    }
    values.putAll(overrides);
    return new ProfileReader(name, values, home).profile();
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>(confFiles(system.resolve("koji.conf.d")));
    files.add(system.resolve("koji.conf"));
    files.addAll(confFiles(home.resolve(".koji/config.d")));
    files.add(home.resolve(".koji/config"));
    files.removeIf(file -> !Files.isRegularFile(file));
    return files;
  }

  private static List<Path> confFiles(Path folder) {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.conf")) {
        for (Path entry : entries) {
          if (files.size() == MAX_FILES) {
            throw new KojiSetupException(folder + ": more than " + MAX_FILES + " files", null);
          }
          files.add(entry);
        }
      } catch (IOException e) {
        throw new KojiSetupException(folder + ": cannot be read: " + e.getMessage(), e);
      }
    }
    Collections.sort(files);
    return files;
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new KojiSetupException(file + ": larger than " + MAX_BYTES + " bytes", null);
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new KojiSetupException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
