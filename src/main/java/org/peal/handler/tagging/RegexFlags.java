package org.peal.handler.tagging;

/** What changes the meaning of an expression's characters: Python's inline flags. Immutable. */
record RegexFlags(
    boolean ignoreCase, boolean multiline, boolean dotAll, boolean verbose, boolean ascii) {

  static final RegexFlags NONE = new RegexFlags(false, false, false, false, false);

  /** Returns the same with one flag on or off. */
  RegexFlags with(char flag, boolean on) {
    return switch (flag) {
      case 'i' -> new RegexFlags(on, multiline, dotAll, verbose, ascii);
      case 'm' -> new RegexFlags(ignoreCase, on, dotAll, verbose, ascii);
      case 's' -> new RegexFlags(ignoreCase, multiline, on, verbose, ascii);
      case 'x' -> new RegexFlags(ignoreCase, multiline, dotAll, on, ascii);
      case 'a' -> new RegexFlags(ignoreCase, multiline, dotAll, verbose, true);
      default -> new RegexFlags(ignoreCase, multiline, dotAll, verbose, false);
    };
  }

  /** Returns how Java's flags begin a group in which these hold; only case is left to Java. */
  String prefix() {
    return !ignoreCase ? "-iu" : ascii ? "i-u" : "iu";
  }
}
