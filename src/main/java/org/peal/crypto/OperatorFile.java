package org.peal.crypto;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads files of the operator that hold keys or trust; every problem names the file. Stateless. */
public final class OperatorFile {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorFile.class);

  /** Far more than the largest bundle of authorities, revocation list or keyring in use. */
  private static final long MAX_BYTES = 64L << 20;

  private static final Set<PosixFilePermission> EXPOSED =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private OperatorFile() {}

  /**
   * Reads a whole file.
   *
   * @throws TrustException if that is not possible, or the file is far too large
   */
  public static byte[] read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw problem(file, "larger than " + MAX_BYTES + " bytes", null);
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw problem(file, "no such file", e);
    } catch (AccessDeniedException e) {
      throw problem(file, "permission denied", e);
    } catch (IOException e) {
      throw problem(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Returns an exception whose text begins with where the problem is: a file or an address. */
  public static TrustException problem(Object source, String text, @Nullable Exception cause) {
    return new TrustException(source + ": " + text, cause);
  }

  /** Logs a warning if others than its owner may read a file with a private key. */
  public static void warnIfExposed(Path key) {
    try {
      if (Files.getPosixFilePermissions(key).stream().anyMatch(EXPOSED::contains)) {
        LOG.warn("private key {} can be read by others than its owner: set its mode to 0600", key);
      }
    } catch (UnsupportedOperationException | IOException e) {
      LOG.debug("cannot tell who may read {}", key, e);
    }
  }
}
