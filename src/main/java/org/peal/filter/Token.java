package org.peal.filter;

/**
 * A smallest part of an expression. Immutable.
 *
 * @param text of a string what it stands for, else the characters as written
 * @param start the index of its first character
 * @param end the index behind its last character
 */
record Token(Kind kind, String text, int start, int end) {

  /** The kinds of tokens. */
  enum Kind {
    WORD,
    STRING,
    NUMBER,
    SYMBOL,
    END
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  /** Returns how messages call it. */
  String described() {
    return switch (kind) {
      case WORD, SYMBOL, NUMBER -> "\"" + text + "\"";
      case STRING -> "a string";
      case END -> "the end";
    };
  }
}
