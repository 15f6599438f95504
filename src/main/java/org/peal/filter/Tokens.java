package org.peal.filter;

import java.util.List;

/**
 * The tokens of a text, one after the other, and how many parts were made of them. Used once, by
 * one thread.
 */
final class Tokens {

  private final String source;
  private final List<Token> tokens;
  private int next;
  private int parts;

  /**
   * Starts with the first token.
   *
   * @throws FilterException if the text is too long or has something that is no token
   */
  Tokens(String source) {
    requireShort(source);
    this.source = source;
    this.tokens = Lexer.tokens(source);
  }

  private static void requireShort(String source) {
    if (source.length() > Filter.MAX_LENGTH) {
      throw FilterException.at(
          source,
          Filter.MAX_LENGTH,
          Filter.MAX_LENGTH,
          "an expression may have %d characters, this has %d"
              .formatted(Filter.MAX_LENGTH, source.length()));
    }
  }

  /**
   * Goes on behind a symbol.
   *
   * @throws FilterException if something else comes next
   */
  void expect(String symbol) {
    Token token = take();
    if (!token.isSymbol(symbol)) {
      throw problem(token, "expected \"" + symbol + "\", not " + token.described());
    }
  }

  /** Goes on if a word comes next, and tells whether it did. */
  boolean accept(String word) {
    boolean found = peek().isWord(word);
    if (found) {
      take();
    }
    return found;
  }

  /** Returns the next token. */
  Token peek() {
    return tokens.get(next);
  }

  /** Returns the next token and goes on; the end is returned for ever. */
  Token take() {
    Token token = peek();
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  /**
   * Returns a part of the expression, counted.
   *
   * @throws FilterException if there are too many
   */
  <T> T counted(T part) {
    if (++parts > Filter.MAX_PARTS) {
      throw problem(
          tokens.get(Math.max(0, next - 1)),
          "an expression may have %d parts".formatted(Filter.MAX_PARTS));
    }
    return part;
  }

  /** Returns a problem with a token, for people. */
  FilterException problem(Token token, String text) {
    return FilterException.at(source, token.start(), token.end(), text);
  }
}
