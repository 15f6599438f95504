package org.peal.crypto.x509;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peal.crypto.TrustException;

/** Reads PEM files of the operator; every problem names the file. Stateless. */
final class TrustText {

  /** Far more than the largest bundle of authorities or revocation list in use. */
  private static final long MAX_BYTES = 64L << 20;

  private TrustText() {}

  /** Returns the first block with one of the labels; {@code what} names it in errors. */
  static Pem.Block first(Path file, Set<String> labels, String what) {
    try {
      return Pem.first(read(file), labels)
          .orElseThrow(() -> problem(file, "no " + what + " in PEM form in it", null));
    } catch (Pem.Problem e) {
      throw problem(file, "unreadable " + what + ": " + e.getMessage(), e);
    }
  }

  /** Returns all blocks of a text with one of the labels, at least one. */
  static List<Pem.Block> all(String text, Object source, Set<String> labels, String what) {
    try {
      List<Pem.Block> found = Pem.all(text, labels);
      if (found.isEmpty()) {
        throw problem(source, "no " + what + " in PEM form in it", null);
      }
      return found;
    } catch (Pem.Problem e) {
      throw problem(source, "unreadable " + what + ": " + e.getMessage(), e);
    }
  }

  static TrustException problem(Object source, String text, @Nullable Exception cause) {
    return new TrustException(source + ": " + text, cause);
  }

  /** Returns a whole file, one character for each byte. */
  static String read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw problem(file, "larger than " + MAX_BYTES + " bytes", null);
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw problem(file, "no such file", e);
    } catch (AccessDeniedException e) {
      throw problem(file, "permission denied", e);
    } catch (IOException e) {
      throw problem(file, "cannot be read: " + e.getMessage(), e);
    }
  }
}
