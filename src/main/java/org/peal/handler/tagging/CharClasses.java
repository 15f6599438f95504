package org.peal.handler.tagging;

/**
 * Python's character classes in the words of {@code java.util.regex}. Stateless.
 *
 * <p>The texts go inside brackets. Java's own Unicode classes differ: its {@code \w} has combining
 * marks and lacks superscript digits, its {@code \s} lacks U+001C to U+001F.
 */
final class CharClasses {

  private CharClasses() {}

  /**
   * Returns the members of {@code \d}, {@code \s} or {@code \w}, or what is in none of them for
   * {@code \D}, {@code \S} and {@code \W}, to stand inside brackets.
   */
  static String members(int letter, boolean ascii) {
    return switch (letter) {
      case 'd' -> ascii ? "0-9" : "\\p{Nd}";
      case 'D' -> ascii ? "[^0-9]" : "\\P{Nd}";
      case 's' -> spaces(ascii);
      case 'S' -> "[^" + spaces(ascii) + "]";
      case 'w' -> words(ascii);
      default -> "[^" + words(ascii) + "]";
    };
  }

  /** Tells whether {@link #members} would give a nested class, which a negation does not reach. */
  static boolean isNested(int letter, boolean ascii) {
    return letter == 'S' || letter == 'W' || (letter == 'D' && ascii);
  }

  /** Tells whether a letter after a backslash names a class. */
  static boolean isClass(int letter) {
    return letter < 128 && "dDsSwW".indexOf(letter) >= 0;
  }

  private static String spaces(boolean ascii) {
    String few = " \\t\\n\\x0B\\f\\r";
    return ascii
        ? few
        : few + "\\x1C-\\x1F\\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000";
  }

  private static String words(boolean ascii) {
    return ascii ? "a-zA-Z0-9_" : "\\p{L}\\p{N}_";
  }

  /** Returns what holds at the edge of a word, for {@code \b}. */
  static String edge(boolean ascii) {
    String word = "[" + words(ascii) + "]";
    return "(?:(?<=" + word + ")(?!" + word + ")|(?<!" + word + ")(?=" + word + "))";
  }

  /** Returns what holds where there is no edge, for {@code \B}; in an empty text Python's fails. */
  static String noEdge(boolean ascii) {
    String word = "[" + words(ascii) + "]";
    return "(?!\\A\\z)(?:(?<=" + word + ")(?=" + word + ")|(?<!" + word + ")(?!" + word + "))";
  }
}
