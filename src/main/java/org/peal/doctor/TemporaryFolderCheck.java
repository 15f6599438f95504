package org.peal.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.peal.LibraryFolder;
import org.peal.Mounts;

/** Can libraries be unpacked into the temporary folder? */
final class TemporaryFolderCheck implements Check {

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
    Patient.Machine machine = patient.machine();
    Mounts mounts = Mounts.read(machine.mounts());
    if (!mounts.forbidPrograms(folder)) {
      findings.ok(folder.toString());
      return;
    }
    LibraryFolder.instead(folder, machine.environment(), mounts)
        .ifPresentOrElse(
            other ->
                findings.ok(
                    folder
                        + " is on a file system mounted noexec, so libraries are unpacked into "
                        + other),
            () ->
                findings.warn(
                    folder
                        + " is on a file system mounted noexec, and so is the user's cache:"
                        + " fast signatures and the store do not load",
                    "name another folder by PEAL_JAVA_OPTS=-Djava.io.tmpdir=FOLDER"));
  }
}
