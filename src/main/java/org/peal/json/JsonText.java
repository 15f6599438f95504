package org.peal.json;

import java.util.Arrays;

/** Works on the text of JSON without reading it into a tree. Thread-safe. */
public final class JsonText {

  private JsonText() {}

  /**
   * Returns the text without the white space between its tokens; numbers, escapes and the order of
   * keys stay as they are.
   *
   * @param utf8 a text known to be valid JSON; not changed
   * @return a new array, or the given one when it has no such white space
   */
  public static byte[] compact(byte[] utf8) {
    byte[] compact = new byte[utf8.length];
    int length = 0;
    boolean inString = false;
    for (int i = 0; i < utf8.length; i++) {
      byte b = utf8[i];
      if (!inString && isWhiteSpace(b)) {
        continue;
      }
      compact[length++] = b;
      if (b == '"') {
        inString = !inString;
      } else if (inString && b == '\\' && i + 1 < utf8.length) {
        compact[length++] = utf8[++i];
      }
    }
    return length == utf8.length ? utf8 : Arrays.copyOf(compact, length);
  }

  private static boolean isWhiteSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
