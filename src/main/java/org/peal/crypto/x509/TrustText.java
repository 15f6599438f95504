package org.peal.crypto.x509;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peal.crypto.OperatorFile;
import org.peal.crypto.TrustException;

/** Reads PEM files of the operator; every problem names the file. Stateless. */
final class TrustText {

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
    return OperatorFile.problem(source, text, cause);
  }

  /** Returns a whole file, one character for each byte. */
  static String read(Path file) {
    return new String(OperatorFile.read(file), StandardCharsets.ISO_8859_1);
  }
}
