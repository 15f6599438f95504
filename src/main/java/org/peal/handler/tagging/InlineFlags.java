package org.peal.handler.tagging;

/**
 * Reads the flags that an expression sets within itself, and what they make it ignore. Stateless.
 */
final class InlineFlags {

  private static final String BLANKS = " \t\n\r\u000B\f";
  private static final String SET = "aiLmsux";
  private static final String UNSET = "imsx";
  private static final int MOST = 100;

  private InlineFlags() {}

  /** Reads the flags of the whole expression, which only comments may come before. */
  static RegexFlags global(PatternReader in) throws RegexException {
    RegexFlags flags = RegexFlags.NONE;
    String all = "";
    int start = -1;
    while (start != in.position()) {
      start = in.position();
      blanks(in, flags);
      if (in.skip("(?#")) {
        in.comment(')');
      } else if (in.skip("(?")) {
        String letters = in.some(SET, MOST);
        if (!letters.isEmpty() && in.skip(')')) {
          all += letters;
          flags = on(in, RegexFlags.NONE, all);
        } else {
          in.back(start);
        }
      }
    }
    return flags;
  }

  /** Reads the flags of a group up to its colon; its {@code (?} has been read. */
  static RegexFlags local(PatternReader in, RegexFlags outer) throws RegexException {
    String set = in.some(SET, MOST);
    String unset = in.skip('-') ? in.some(UNSET, MOST) : "";
    boolean twice = unset.chars().anyMatch(c -> set.indexOf(c) >= 0);
    if (set.isEmpty() && unset.isEmpty() || twice) {
      throw in.error("unknown group (?" + set + Character.toString(Math.max(in.peek(), '.')));
    } else if (in.peek() == ')') {
      throw in.error("flags for the whole expression must stand at its start");
    } else if (!in.skip(':')) {
      throw in.error("missing : after flags");
    }
    RegexFlags inner = on(in, outer, set);
    for (int at = 0; at < unset.length(); at++) {
      inner = inner.with(unset.charAt(at), false);
    }
    return inner;
  }

  private static RegexFlags on(PatternReader in, RegexFlags flags, String letters)
      throws RegexException {
    boolean both = letters.contains("a") && letters.contains("u");
    if (letters.contains("L") || both) {
      throw in.error("flags must not hold L, or a and u together: \"" + letters + "\"");
    }
    RegexFlags result = flags;
    for (int at = 0; at < letters.length(); at++) {
      result = result.with(letters.charAt(at), true);
    }
    return result;
  }

  /** Skips blanks and comments where they have no meaning. */
  static void blanks(PatternReader in, RegexFlags flags) throws RegexException {
    boolean comment = false;
    for (int c = in.peek(); flags.verbose() && c != PatternReader.END; c = in.peek()) {
      if (!comment && c != '#' && BLANKS.indexOf(c) < 0) {
        return;
      }
      comment = c == '#' || (comment && c != '\n');
      in.next();
      if (comment && c == '\\' && in.peek() != PatternReader.END) {
        in.next();
      }
    }
  }
}
