package org.peal.handler.tagging.action;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads literals of Python: texts, whole numbers, True, False, None, and lists and tuples of them.
 * Anything that would have to be run is refused. For one text, one thread.
 */
final class PythonLiteral {

  /** So many quotes begin a text that may go over several lines. */
  private static final int TRIPLE = 3;

  private final String text;
  private int at;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /** Tells whether a statement is not complete: something in it is open, or the line is joined. */
  static boolean goesOn(String statement) {
    return scan(statement).isOpen || statement.endsWith("\\");
  }

  /** Returns a statement up to a comment. */
  static String withoutComment(String statement) {
    int end = scan(statement).comment;
    return end < 0 ? statement : statement.substring(0, end);
  }

  private record Scan(boolean isOpen, int comment) {}

  private static Scan scan(String statement) {
    int depth = 0;
    int comment = -1;
    String quote = "";
    for (int i = 0; i < statement.length(); i++) {
      char c = statement.charAt(i);
      if (!quote.isEmpty()) {
        if (c == '\\') {
          i++;
        } else if (statement.startsWith(quote, i)) {
          i += quote.length() - 1;
          quote = "";
        } else if (c == '\n' && quote.length() == 1) {
          quote = "";
        }
      } else if (c == '\'' || c == '"') {
        String one = String.valueOf(c);
        quote = statement.startsWith(one.repeat(TRIPLE), i) ? one.repeat(TRIPLE) : one;
        i += quote.length() - 1;
      } else if (c == '#') {
        if (comment < 0 && statement.indexOf('\n', i) < 0) {
          comment = i;
        }
        int end = statement.indexOf('\n', i);
        i = end < 0 ? statement.length() : end;
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      }
    }
    return new Scan(depth > 0 || quote.length() == TRIPLE, comment);
  }

  /**
   * Returns the value: of a list its elements, else one text; None is no text at all.
   *
   * @throws IllegalArgumentException if it is no literal
   */
  static List<String> read(String text) {
    PythonLiteral reader = new PythonLiteral(text);
    List<String> value = reader.value();
    reader.blanks();
    if (reader.at < text.length()) {
      throw refused();
    }
    return value;
  }

  private static IllegalArgumentException refused() {
    return new IllegalArgumentException("only texts, numbers and lists of them are read");
  }

  private List<String> value() {
    blanks();
    char c = peek();
    if (c == '[' || c == '(') {
      at++;
      return list(c == '[' ? ']' : ')');
    } else if (c == '\'' || c == '"') {
      return List.of(texts());
    }
    int start = at;
    while (at < text.length() && (Character.isLetterOrDigit(peek()) || "-_".indexOf(peek()) >= 0)) {
      at++;
    }
    String word = text.substring(start, at);
    if (word.equals("None")) {
      return List.of();
    } else if (word.equals("True") || word.equals("False") || word.matches("-?\\d{1,18}")) {
      return List.of(word);
    }
    throw refused();
  }

  private List<String> list(char end) {
    List<String> items = new ArrayList<>();
    blanks();
    while (peek() != end) {
      if (peek() == 0 || peek() == '[' || peek() == '(') {
        throw refused();
      }
      items.addAll(value());
      blanks();
      if (peek() == ',') {
        at++;
        blanks();
      } else if (peek() != end) {
        throw refused();
      }
    }
    at++;
    return items;
  }

  /** Reads texts that stand one after the other, which are one. */
  private String texts() {
    StringBuilder all = new StringBuilder();
    while (peek() == '\'' || peek() == '"') {
      one(all);
      blanks();
    }
    return all.toString();
  }

  private void one(StringBuilder all) {
    char quote = text.charAt(at++);
    if (text.startsWith("" + quote + quote, at)) {
      throw refused();
    }
    while (peek() != quote) {
      if (at >= text.length()) {
        throw refused();
      }
      char c = text.charAt(at++);
      if (c == '\\') {
        c = peek();
        if (c != '\\' && c != '\'' && c != '"') {
          throw refused();
        }
        at++;
      } else if (c == '\n') {
        throw refused();
      }
      all.append(c);
    }
    at++;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  /** Goes over blanks and comments. */
  private void blanks() {
    while (at < text.length() && (Character.isWhitespace(peek()) || peek() == '#')) {
      int end = peek() == '#' ? text.indexOf('\n', at) : at;
      at = end < 0 ? text.length() : end + 1;
    }
  }
}
