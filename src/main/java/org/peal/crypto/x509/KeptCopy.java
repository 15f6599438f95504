package org.peal.crypto.x509;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The last good text of an address, in a folder of this user. Stateless.
 *
 * <p>A copy that others may write is refused: it decides whom to trust.
 */
record KeptCopy(Path file) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FOREIGN =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /** Returns the copy of an address in a folder, which need not be there yet. */
  static KeptCopy of(Path folder, URI address) {
    byte[] name = address.toString().getBytes(StandardCharsets.UTF_8);
    return new KeptCopy(folder.resolve(UUID.nameUUIDFromBytes(name) + ".pem"));
  }

  /**
   * Returns the folder for copies that the environment names, if it names one: systemd's {@code
   * CACHE_DIRECTORY}, or {@code peal} in {@code XDG_CACHE_HOME}.
   */
  static Optional<Path> folder(Map<String, String> environment) {
    String service = environment.getOrDefault("CACHE_DIRECTORY", "");
    String user = environment.getOrDefault("XDG_CACHE_HOME", "");
    return absolute(service.split(":", 2)[0])
        .or(() -> absolute(user).map(cache -> cache.resolve("peal")))
        .map(cache -> cache.resolve("trust"));
  }

  private static Optional<Path> absolute(String path) {
    return path.startsWith("/") ? Optional.of(Path.of(path)) : Optional.empty();
  }

  /** Returns what is kept, if anything. */
  Optional<String> read() throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
    if (mode.stream().anyMatch(FOREIGN::contains)) {
      throw new IOException(file + " can be written by others than its owner");
    }
    return Optional.of(TrustText.read(file));
  }

  /** Replaces what is kept, as a whole. */
  void write(String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
    Path fresh =
        Files.createTempFile(
            folder, "new-", ".pem", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      Files.writeString(fresh, text, StandardCharsets.ISO_8859_1);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
