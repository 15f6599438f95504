package org.peal.json;

/**
 * A place in a text, as editors count.
 *
 * @param line from 1; only a line feed ends a line
 * @param column from 1, in characters (a surrogate pair is one)
 */
record TextPlace(int line, int column) {

  /** Returns the place of an index into a text; an index beyond the end means the end. */
  static TextPlace of(CharSequence text, int index) {
    int end = Math.min(index, text.length());
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new TextPlace(line, Character.codePointCount(text, lineStart, end) + 1);
  }

  MalformedJsonException malformed(String problem, Object... arguments) {
    return new MalformedJsonException(problem.formatted(arguments), line, column);
  }
}
