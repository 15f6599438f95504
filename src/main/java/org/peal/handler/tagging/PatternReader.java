package org.peal.handler.tagging;

/** The code points of an expression, read from left to right. For one thread. */
final class PatternReader {

  /** What {@link #peek} gives at the end. */
  static final int END = -1;

  private final String text;
  private int at;

  PatternReader(String text) {
    this.text = text;
  }

  int peek() {
    return at < text.length() ? text.codePointAt(at) : END;
  }

  int next() throws RegexException {
    int c = peek();
    if (c == END) {
      throw error("ends too early");
    }
    at += Character.charCount(c);
    return c;
  }

  /** Skips a character if it comes next, and tells whether it did. */
  boolean skip(char c) {
    boolean found = at < text.length() && text.charAt(at) == c;
    at += found ? 1 : 0;
    return found;
  }

  /** Skips a text if it comes next, and tells whether it did. */
  boolean skip(String expected) {
    boolean found = text.startsWith(expected, at);
    at += found ? expected.length() : 0;
    return found;
  }

  /** Reads at most so many of the given ASCII characters. */
  String some(String characters, int most) {
    int start = at;
    while (at < text.length() && at - start < most && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Reads up to an ending, which is skipped. */
  String until(char ending, String what) throws RegexException {
    int end = text.indexOf(ending, at);
    if (end < 0) {
      throw error("missing " + ending + " after " + what);
    }
    String found = text.substring(at, end);
    at = end + 1;
    return found;
  }

  /** Skips a comment up to its ending; what follows a backslash does not end it. */
  void comment(char ending) throws RegexException {
    int c = next();
    while (c != ending) {
      if (c == '\\') {
        next();
      }
      c = next();
    }
  }

  int position() {
    return at;
  }

  void back(int position) {
    at = position;
  }

  RegexException error(String problem) {
    return new RegexException(problem + " at character " + (text.codePointCount(0, at) + 1));
  }
}
