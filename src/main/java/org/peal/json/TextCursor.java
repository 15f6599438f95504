package org.peal.json;

/** A position that moves through the characters of a text; not thread-safe. */
final class TextCursor {

  /** What {@link #peek} gives at the end; no text that is JSON holds it unescaped. */
  static final char END = '\0';

  private final char[] text;
  private final int end;
  private int position;

  /** Stands before the first of {@code end} characters; the array is not copied. */
  TextCursor(char[] text, int end) {
    this.text = text;
    this.end = end;
  }

  int position() {
    return position;
  }

  /** Returns the character here, or {@link #END}. */
  char peek() {
    return position < end ? text[position] : END;
  }

  void advance() {
    position++;
  }

  boolean take(char c) {
    boolean here = position < end && text[position] == c;
    if (here) {
      position++;
    }
    return here;
  }

  void skipWhiteSpace() {
    while (position < end && isWhiteSpace(text[position])) {
      position++;
    }
  }

  private static boolean isWhiteSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  void skipDigits() {
    while (position < end && text[position] >= '0' && text[position] <= '9') {
      position++;
    }
  }

  /** Moves to the next character that cannot stand for itself in a string, or to the end. */
  void skipPlain() {
    while (position < end && isPlain(text[position])) {
      position++;
    }
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c != '"' && c != '\\';
  }

  void expect(char c, String description) {
    if (!take(c)) {
      throw unexpected(description);
    }
  }

  void expectWord(String word) {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i), "\"" + word + "\"");
    }
  }

  void expectEnd() {
    if (position < end) {
      throw unexpected("the end of the text");
    }
  }

  /** Returns the characters from a position to here. */
  String textSince(int start) {
    return new String(text, start, position - start);
  }

  void appendSince(int start, StringBuilder target) {
    target.append(text, start, position - start);
  }

  /** Describes that here is something else than what was expected. */
  MalformedJsonException unexpected(String expected) {
    return position < end
        ? malformed("unexpected %s, expected %s", describe(codePoint()), expected)
        : malformed("unexpected end of text, expected %s", expected);
  }

  /** Describes a problem here. */
  MalformedJsonException malformed(String problem, Object... arguments) {
    return malformedAt(position, problem, arguments);
  }

  /** Describes a problem at an earlier position; lines end at line feeds, as in Python. */
  MalformedJsonException malformedAt(int place, String problem, Object... arguments) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < place; i++) {
      if (text[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    int column = Character.codePointCount(text, lineStart, place - lineStart) + 1;
    return new MalformedJsonException(problem.formatted(arguments), line, column);
  }

  private int codePoint() {
    return Character.codePointAt(text, position, end);
  }

  private static String describe(int c) {
    return c > ' ' && c <= '~' ? "\"" + (char) c + "\"" : "character U+%04X".formatted(c);
  }
}
