package org.peal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where libraries of native code that come in a jar are unpacked: in the folder for temporary
 * files, or, where that is mounted {@code noexec}, in a folder of the user. Stateless.
 */
public final class LibraryFolder {

  private static final Path MOUNTS = Path.of("/proc/self/mounts");
  private static final String NAME = "native";

  private LibraryFolder() {}

  /**
   * Sets the system property by which a library takes its folder, if the usual one does not do and
   * the operator has not set it.
   */
  public static void nameBy(String property) {
    if (System.getProperty(property) == null) {
      Path usual = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
      instead(usual, System.getenv(), Mounts.read(MOUNTS))
          .ifPresent(folder -> System.setProperty(property, folder.toString()));
    }
  }

  /**
   * Returns the folder to take instead of the usual one: made, if need be, in the folders that
   * systemd gives a service, or in the user's cache. Empty if the usual one does, or if none does.
   *
   * @param environment the environment variables
   */
  public static Optional<Path> instead(Path usual, Map<String, String> environment, Mounts mounts) {
    return mounts.forbidPrograms(usual)
        ? candidates(environment)
            .map(folder -> folder.resolve(NAME))
            .filter(folder -> isUsable(folder, mounts))
            .findFirst()
        : Optional.empty();
  }

  private static Stream<Path> candidates(Map<String, String> environment) {
    return Stream.of(
            first(environment, "CACHE_DIRECTORY"),
            first(environment, "STATE_DIRECTORY"),
            first(environment, "XDG_CACHE_HOME").map(cache -> cache.resolve("peal")),
            first(environment, "HOME").map(home -> home.resolve(Path.of(".cache", "peal"))))
        .flatMap(Optional::stream);
  }

  /** Returns the first absolute path in a variable, if there is one. */
  private static Optional<Path> first(Map<String, String> environment, String name) {
    return Optional.of(environment.getOrDefault(name, "").split(":", 2)[0])
        .filter(path -> path.startsWith("/"))
        .map(Path::of);
  }

  private static boolean isUsable(Path folder, Mounts mounts) {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return Files.isWritable(folder) && !mounts.forbidPrograms(folder);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
