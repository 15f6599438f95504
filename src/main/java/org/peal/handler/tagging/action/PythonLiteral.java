package org.peal.handler.tagging.action;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads literals of Python: texts, whole numbers, True, False, None, and lists and tuples of them.
 * Anything that would have to be run is refused. For one text, one thread.
 */
final class PythonLiteral {

  private final String text;
  private int at;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /** Tells whether a bracket or a text in a statement is still open at its end. */
  static boolean isOpen(String statement) {
    return scan(statement).depth > 0;
  }

  /** Returns a statement up to a comment. */
  static String withoutComment(String statement) {
    int end = scan(statement).comment;
    return end < 0 ? statement : statement.substring(0, end);
  }

  private record Scan(int depth, int comment) {}

  private static Scan scan(String statement) {
    int depth = 0;
    int comment = -1;
    char quote = 0;
    for (int i = 0; i < statement.length(); i++) {
      char c = statement.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote || c == '\n') {
          quote = 0;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
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
    return new Scan(depth, comment);
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
