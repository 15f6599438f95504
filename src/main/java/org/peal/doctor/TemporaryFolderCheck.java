package org.peal.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Can libraries be unpacked into the temporary folder? */
final class TemporaryFolderCheck implements Check {

  /** A line of the list of mounts: device, folder, type, options. */
  private record Mount(Path folder, List<String> options) {}

  @Override
  public String what() {
    return "temporary folder";
  }

  @Override
  public boolean needsConfiguration() {
    return false;
  }

  @Override
  public void look(Patient patient, Findings findings) {
    Path folder = patient.machine().temporaryFolder().toAbsolutePath();
    try {
      Files.delete(Files.createTempFile(folder, "peal-doctor", ""));
    } catch (IOException e) {
      findings.fail(
          folder + " cannot be written to: " + e,
          "make the folder, or name another by PEAL_JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
      return;
    }
    Optional<Mount> mount = mountOf(folder, patient.machine().mounts());
    if (mount.filter(m -> m.options().contains("noexec")).isPresent()) {
      findings.warn(
          folder + " is on a file system mounted noexec, so fast signatures do not load",
          "name another folder by PEAL_JAVA_OPTS="
              + "-Dcom.amazon.corretto.crypto.provider.tmpdir=FOLDER");
    } else {
      findings.ok(folder.toString());
    }
  }

  private static Optional<Mount> mountOf(Path folder, Path mounts) {
    try (var lines = Files.lines(mounts)) {
      return lines
          .map(line -> line.split(" "))
          .filter(parts -> parts.length > 3)
          .map(parts -> new Mount(Path.of(parts[1]), List.of(parts[3].split(","))))
          .filter(mount -> folder.startsWith(mount.folder()))
          .max(Comparator.comparingInt(mount -> mount.folder().getNameCount()));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // no such list on this system
    }
  }
}
