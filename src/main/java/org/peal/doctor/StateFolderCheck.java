package org.peal.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Can what a node keeps be written? */
final class StateFolderCheck implements Check {

  @Override
  public String what() {
    return "state folder";
  }

  @Override
  public boolean needsConfiguration() {
    return false;
  }

  @Override
  public void look(Patient patient, Findings findings) {
    Path folder = storeFolder(patient).orElseGet(() -> folder(patient.machine().environment()));
    Path there = nearest(folder);
    if (there == null || !Files.isDirectory(there) || !Files.isWritable(there)) {
      findings.fail(
          folder + " cannot be written to" + (folder.equals(there) ? "" : ", nor made in " + there),
          "make the folder for the user that runs peal, or name another by store.path,"
              + " STATE_DIRECTORY or XDG_STATE_HOME");
    } else {
      findings.ok(folder + (folder.equals(there) ? "" : ", to be made in " + there));
    }
  }

  private static Optional<Path> storeFolder(Patient patient) {
    return patient
        .known()
        .flatMap(config -> Optional.ofNullable(config.store().path()))
        .flatMap(file -> Optional.ofNullable(file.toAbsolutePath().getParent()));
  }

  private static Path folder(Map<String, String> environment) {
    String service = environment.getOrDefault("STATE_DIRECTORY", "").split(":", 2)[0];
    if (!service.isEmpty()) {
      return Path.of(service);
    }
    String user = environment.getOrDefault("XDG_STATE_HOME", "");
    Path home = Path.of(environment.getOrDefault("HOME", "/"), ".local", "state");
    return (user.isEmpty() ? home : Path.of(user)).resolve("peal").toAbsolutePath();
  }

  /** Returns the folder or the first above it that exists. */
  private static @Nullable Path nearest(Path folder) {
    Path there = folder;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there;
  }
}
