package org.peal.cli;

/** Makes text from the network safe to show on a terminal. Stateless. */
final class SafeText {

  private SafeText() {}

  /**
   * Returns the text on one line with control characters, lone surrogates and characters that turn
   * the writing direction shown as escapes, cut to a length.
   */
  static String line(String text, int most) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), most) + 16);
    int shown = 0;
    for (int at = 0; at < text.length(); shown++) {
      if (shown == most) {
        return out.append('…').toString();
      }
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (isUnsafe(c)) {
        out.append(c == '\n' || c == '\r' || c == '\t' ? " " : escape(c));
      } else {
        out.appendCodePoint(c);
      }
    }
    return out.toString();
  }

  private static String escape(int c) {
    return String.format(Character.isBmpCodePoint(c) ? "\\u%04x" : "\\U%08x", c);
  }

  private static boolean isUnsafe(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
