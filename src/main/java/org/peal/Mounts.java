package org.peal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The file systems that are mounted. Immutable.
 *
 * @param all in the order in which they were mounted: of two on one folder the last one counts
 */
public record Mounts(List<Mount> all) {

  /**
   * One of them.
   *
   * @param folder where it is
   * @param options as {@code noexec}
   */
  public record Mount(Path folder, List<String> options) {
    public Mount {
      options = List.copyOf(options);
    }
  }

  public Mounts {
    all = List.copyOf(all);
  }

  /**
   * Reads the list of the system: device, folder, type and options in each line.
   *
   * @param list as {@code /proc/self/mounts}; where there is none, nothing is known
   */
  public static Mounts read(Path list) {
    List<Mount> found = new ArrayList<>();
    try (Stream<String> lines = Files.lines(list)) {
      lines
          .map(line -> line.split(" "))
          .filter(parts -> parts.length > 3)
          .forEach(parts -> found.add(mount(parts)));
    } catch (IOException | RuntimeException e) {
      return new Mounts(List.of());
    }
    return new Mounts(found);
  }

  private static Mount mount(String[] parts) throws InvalidPathException {
    // The system writes blanks in names so; the other three do not occur in practice.
    Path folder = Path.of(parts[1].replace("\\040", " "));
    return new Mount(folder, List.of(parts[3].split(",")));
  }

  /** Tells whether programs and libraries in a folder cannot be run. */
  public boolean forbidPrograms(Path folder) {
    Path real = real(folder);
    Mount nearest = null;
    for (Mount mount : all) {
      if (real.startsWith(mount.folder())
          && (nearest == null
              || mount.folder().getNameCount() >= nearest.folder().getNameCount())) {
        nearest = mount;
      }
    }
    return nearest != null && nearest.options().contains("noexec");
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder.toAbsolutePath();
    }
  }
}
