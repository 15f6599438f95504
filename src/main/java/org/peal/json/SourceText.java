package org.peal.json;

/**
 * The characters of one text, and where its problems are; not thread-safe.
 *
 * @param chars the characters, which may be followed by unused room; never changed
 * @param length how many characters there are
 */
record SourceText(char[] chars, int length) {

  /** Describes that something else stands at a place than what was expected there. */
  MalformedJsonException unexpectedAt(int place, String expected) {
    String found =
        place < length ? describe(Character.codePointAt(chars, place, length)) : "end of text";
    return malformedAt(
        place, "unexpected %s%s", found, expected.isEmpty() ? "" : ", expected " + expected);
  }

  private static String describe(int c) {
    return c > ' ' && c <= '~' ? "\"" + (char) c + "\"" : "character U+%04X".formatted(c);
  }

  /** Describes a problem at a place; lines end at line feeds, as in Python. */
  MalformedJsonException malformedAt(int place, String problem, Object... arguments) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < place; i++) {
      if (chars[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    int column = Character.codePointCount(chars, lineStart, place - lineStart) + 1;
    return new MalformedJsonException(problem.formatted(arguments), line, column);
  }
}
