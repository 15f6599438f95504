package org.peal;

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
 * <p>A copy that others may write is refused: it decides whom to trust, or what is done.
 *
 * @param file where it is, or will be
 * @param maxBytes a longer one is refused
 */
public record KeptCopy(Path file, int maxBytes) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FOREIGN =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /** Returns the copy of an address in a folder, which need not be there yet. */
  public static KeptCopy of(Path folder, URI address, int maxBytes) {
    byte[] name = address.toString().getBytes(StandardCharsets.UTF_8);
    return new KeptCopy(folder.resolve(UUID.nameUUIDFromBytes(name) + ".pem"), maxBytes);
  }

  /**
   * Returns the folder for copies that the environment names, if it names one: systemd's {@code
   * CACHE_DIRECTORY}, or {@code peal} in {@code XDG_CACHE_HOME}.
   *
   * @param kind its last part: what the copies are of
   */
  public static Optional<Path> folder(Map<String, String> environment, String kind) {
    String service = environment.getOrDefault("CACHE_DIRECTORY", "");
    String user = environment.getOrDefault("XDG_CACHE_HOME", "");
    return absolute(service.split(":", 2)[0])
        .or(() -> absolute(user).map(cache -> cache.resolve("peal")))
        .map(cache -> cache.resolve(kind));
  }

  private static Optional<Path> absolute(String path) {
    return path.startsWith("/") ? Optional.of(Path.of(path)) : Optional.empty();
  }

  /**
   * Returns what is kept, one character for each byte, if anything.
   *
   * @throws IOException if it cannot be read, is too long, or others may write it
   */
  public Optional<String> read() throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
    if (mode.stream().anyMatch(FOREIGN::contains)) {
      throw new IOException(file + " can be written by others than its owner");
    }
    if (Files.size(file) > maxBytes) {
      throw new IOException(file + " is longer than " + maxBytes + " bytes");
    }
    return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  /** Replaces what is kept, as a whole. */
  public void write(String text) throws IOException {
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
