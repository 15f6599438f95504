package org.peal.filter;

/**
 * A place in a text, shown for people. Immutable.
 *
 * @param line from 1
 * @param column from 1, in code points
 * @param text the line, or what is near the place of it, and below it carets under the place
 */
record Excerpt(int line, int column, String text) {

  private static final int MOST_BEFORE = 50;
  private static final int MOST_AFTER = 25;

  /** Shows the characters from {@code start} up to {@code end}, as far as they are on one line. */
  static Excerpt of(String text, int start, int end) {
    int lineStart = text.lastIndexOf('\n', start - 1) + 1;
    int newline = text.indexOf('\n', start);
    int lineEnd = newline < 0 ? text.length() : newline;
    int line = 1 + (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
    String before = printable(text.substring(lineStart, start));
    String at = printable(text.substring(start, Math.min(Math.max(start, end), lineEnd)));
    String after = printable(text.substring(start + at.length(), lineEnd));
    return new Excerpt(line, 1 + length(before), drawn(last(before), first(at), first(after)));
  }

  private static String drawn(String before, String at, String after) {
    return before
        + at
        + after
        + "\n"
        + " ".repeat(length(before))
        + carets(Math.max(1, length(at)));
  }

  private static String carets(int count) {
    return "^".repeat(count);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String last(String text) {
    int excess = length(text) - MOST_BEFORE;
    return excess <= 0 ? text : "..." + text.substring(text.offsetByCodePoints(0, excess));
  }

  private static String first(String text) {
    return length(text) <= MOST_AFTER
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST_AFTER)) + "...";
  }

  /** Returns as many characters, none of which moves the cursor or starts an escape sequence. */
  private static String printable(String text) {
    StringBuilder result = new StringBuilder(text);
    for (int i = 0; i < result.length(); i++) {
      if (Character.isISOControl(result.charAt(i))) {
        result.setCharAt(i, ' ');
      }
    }
    return result.toString();
  }
}
