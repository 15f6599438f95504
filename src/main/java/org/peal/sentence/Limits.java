package org.peal.sentence;

import java.util.List;

/** How much of a message a sentence looks at and tells. */
final class Limits {

  /** The longest text, in UTF-16 units, that is read from a message or made of it. */
  static final int TEXT = 2000;

  /** The most texts that one field gives. */
  static final int LIST = 1000;

  /** The most values that the search for a name at any depth looks at. */
  static final int VISITED = 10_000;

  private Limits() {}

  /** Returns the first units of a text, a pair of surrogates never torn apart. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }

  static List<String> one(String text) {
    return text.isEmpty() ? List.of() : List.of(cut(text, TEXT));
  }
}
