package org.peal.handler.tagging;

/**
 * The characters that every match of an expression begins with, by which most texts can be told to
 * have no match without a search. Immutable and thread-safe.
 *
 * @param text empty if nothing is known
 * @param isAtStart whether a match must begin where the text does
 */
record LiteralStart(String text, boolean isAtStart) {

  private static final LiteralStart UNKNOWN = new LiteralStart("", false);

  private static final String SPECIAL = "\\.[](){}*+?^$|";
  private static final String QUANTIFIERS = "*+?{";

  /** What may follow {@code (?} without a flag that changes what characters mean. */
  private static final String HARMLESS = "P:=!<>";

  /** Returns that of an expression of Python's {@code re}. */
  static LiteralStart of(String expression) {
    if (expression.indexOf('|') >= 0 || hasFlags(expression)) {
      return UNKNOWN;
    }
    boolean isAtStart = expression.startsWith("^");
    StringBuilder literal = new StringBuilder();
    int at = isAtStart ? 1 : 0;
    for (int length = length(expression, at); length > 0; length = length(expression, at)) {
      at += length;
      literal.append(expression.charAt(at - 1));
    }
    boolean isRepeated =
        at < expression.length() && QUANTIFIERS.indexOf(expression.charAt(at)) >= 0;
    if (isRepeated && !literal.isEmpty()) {
      literal.setLength(literal.length() - 1);
    }
    return literal.isEmpty() ? UNKNOWN : new LiteralStart(literal.toString(), isAtStart);
  }

  private static boolean hasFlags(String expression) {
    int at = expression.indexOf("(?");
    while (at >= 0) {
      int kind = at + 2;
      if (kind >= expression.length() || HARMLESS.indexOf(expression.charAt(kind)) < 0) {
        return true;
      }
      at = expression.indexOf("(?", kind);
    }
    return false;
  }

  /** Returns how long the character is written that stands for itself here, 0 if none does. */
  private static int length(String expression, int at) {
    if (at >= expression.length()) {
      return 0;
    }
    char c = expression.charAt(at);
    if (c == '\\') {
      return at + 1 < expression.length() && isPunctuation(expression.charAt(at + 1)) ? 2 : 0;
    }
    return isAscii(c) && SPECIAL.indexOf(c) < 0 ? 1 : 0;
  }

  private static boolean isAscii(char c) {
    return c >= ' ' && c <= '~';
  }

  private static boolean isPunctuation(char c) {
    return isAscii(c) && !Character.isLetterOrDigit(c);
  }

  /** Tells whether a text may have a match; false is certain. */
  boolean mayBeIn(String subject) {
    return isAtStart ? subject.startsWith(text) : subject.contains(text);
  }
}
