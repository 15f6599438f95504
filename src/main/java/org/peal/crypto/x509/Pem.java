package org.peal.crypto.x509;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds and writes PEM blocks; text around a block is normal. Stateless. */
final class Pem {

  /** The labels of a certificate. */
  static final Set<String> CERTIFICATE = Set.of("CERTIFICATE", "X509 CERTIFICATE");

  /** The label of a revocation list. */
  static final Set<String> CRL = Set.of("X509 CRL");

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int COLUMNS = 64;

  private Pem() {}

  /**
   * One block.
   *
   * @param encrypted whether its header says that it needs a passphrase; then it has no bytes
   * @param der the decoded bytes; nobody changes them
   */
  record Block(String label, boolean encrypted, byte[] der) {}

  /** Says what is wrong with a PEM text. It has no stack trace. */
  static final class Problem extends Exception {
    Problem(String text) {
      super(text, null, false, false);
    }
  }

  /** Returns the first block with one of the labels, if there is one. */
  static Optional<Block> first(String text, Set<String> labels) throws Problem {
    List<Block> found = find(text, labels, 1);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
  }

  /** Returns all blocks with one of the labels, in order. */
  static List<Block> all(String text, Set<String> labels) throws Problem {
    return find(text, labels, Integer.MAX_VALUE);
  }

  /** Returns the block as text with lines of 64 columns, each ended by a line feed. */
  static String write(String label, byte[] der) {
    String body = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(der);
    return BEGIN + label + DASHES + "\n" + body + "\n" + END + label + DASHES + "\n";
  }

  private static List<Block> find(String text, Set<String> labels, int atMost) throws Problem {
    List<Block> blocks = new ArrayList<>();
    int from = 0;
    while (blocks.size() < atMost) {
      int begin = lineStart(text, BEGIN, from);
      if (begin < 0) {
        break;
      }
      int lineEnd = endOfLine(text, begin);
      String label = label(text, begin, lineEnd);
      if (label == null || !labels.contains(label)) {
        from = lineEnd;
        continue;
      }
      int end = lineStart(text, END + label + DASHES, lineEnd);
      if (end < 0) {
        throw new Problem("no line \"" + END + label + DASHES + "\"");
      }
      blocks.add(block(label, text.substring(lineEnd, end)));
      from = endOfLine(text, end);
    }
    return blocks;
  }

  private static @Nullable String label(String text, int begin, int lineEnd) {
    String line = text.substring(begin + BEGIN.length(), lineEnd).stripTrailing();
    return line.endsWith(DASHES) ? line.substring(0, line.length() - DASHES.length()) : null;
  }

  private static Block block(String label, String inside) throws Problem {
    if (inside.indexOf(':') < 0) {
      return new Block(label, false, decode(inside));
    }
    if (inside.contains("ENCRYPTED")) {
      return new Block(label, true, new byte[0]);
    }
    throw new Problem("header lines inside a PEM block are not understood");
  }

  private static byte[] decode(String body) throws Problem {
    try {
      return Base64.getDecoder().decode(withoutSpace(body));
    } catch (IllegalArgumentException e) {
      throw new Problem("the text between BEGIN and END is not base64");
    }
  }

  private static String withoutSpace(String body) {
    StringBuilder kept = new StringBuilder(body.length());
    for (int i = 0; i < body.length(); i++) {
      if (!isSpace(body.charAt(i))) {
        kept.append(body.charAt(i));
      }
    }
    return kept.toString();
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** Returns where a line that starts with the words begins, or -1. */
  private static int lineStart(String text, String words, int from) {
    int at = text.indexOf(words, from);
    while (at > 0 && text.charAt(at - 1) != '\n' && text.charAt(at - 1) != '\r') {
      at = text.indexOf(words, at + 1);
    }
    return at;
  }

  private static int endOfLine(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }
}
