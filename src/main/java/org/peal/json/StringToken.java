package org.peal.json;

/** Reads what follows the opening quote of a string. */
final class StringToken {

  private static final int UNICODE_DIGITS = 4;

  private StringToken() {}

  /** Returns the string and leaves the cursor behind the closing quote. */
  static String read(TextCursor text) {
    int start = text.position();
    text.skipPlain();
    if (text.peek() != '"') {
      return readEscaped(text, start);
    }
    String value = text.textSince(start);
    text.advance();
    return value;
  }

  private static String readEscaped(TextCursor text, int start) {
    StringBuilder value = new StringBuilder();
    text.appendSince(start, value);
    while (!text.take('"')) {
      text.expect('\\', "the rest of a string");
      value.append(escape(text));
      int plain = text.position();
      text.skipPlain();
      text.appendSince(plain, value);
    }
    return value.toString();
  }

  private static char escape(TextCursor text) {
    char c =
        switch (text.peek()) {
          case '"', '\\', '/' -> text.peek();
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'u' -> 'u';
          default -> throw text.unexpected("an escape");
        };
    text.advance();
    return c == 'u' ? unicode(text) : c;
  }

  // Halves of surrogate pairs are kept as they come: side by side they are a pair, as in Python.
  private static char unicode(TextCursor text) {
    int unit = 0;
    for (int i = 0; i < UNICODE_DIGITS; i++) {
      unit = unit << 4 | hexDigit(text);
      text.advance();
    }
    return (char) unit;
  }

  private static int hexDigit(TextCursor text) {
    char c = text.peek();
    int digit = c <= 'f' ? Character.digit(c, 16) : -1;
    if (digit < 0) {
      throw text.unexpected("four hexadecimal digits");
    }
    return digit;
  }
}
