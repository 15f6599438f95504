package org.peal.handler.tagging;

/**
 * How often something is repeated in an expression of Python's {@code re}. Immutable.
 *
 * @param java the same for {@code java.util.regex}
 * @param mayBeNone whether what is repeated may be left out
 */
record Repetition(String java, boolean mayBeNone) {

  private static final String DIGITS = "0123456789";

  /** Tells whether a repetition comes next; a brace that forms none is a character. */
  static boolean isNext(PatternReader in) {
    int c = in.peek();
    if (c == '*' || c == '+' || c == '?') {
      return true;
    }
    int start = in.position();
    boolean found = c == '{' && in.skip('{') && in.peek() != '}' && skipBounds(in);
    in.back(start);
    return found;
  }

  private static boolean skipBounds(PatternReader in) {
    digits(in);
    if (in.skip(',')) {
      digits(in);
    }
    return in.skip('}');
  }

  private static String digits(PatternReader in) {
    return in.some(DIGITS, RegexTranslator.MAX_LENGTH);
  }

  /**
   * Reads the one that {@linkplain #isNext comes next}.
   *
   * @throws RegexException if Python refuses it
   */
  static Repetition read(PatternReader in) throws RegexException {
    int c = in.next();
    Repetition often =
        c == '{' ? bounds(in) : new Repetition(Character.toString(c), c == '*' || c == '?');
    String manner = in.skip('?') ? "?" : in.skip('+') ? "+" : "";
    return new Repetition(often.java + manner, often.mayBeNone);
  }

  private static Repetition bounds(PatternReader in) throws RegexException {
    String low = digits(in);
    String high = in.skip(',') ? digits(in) : low;
    boolean exact = !low.isEmpty() && high.equals(low);
    in.skip('}');
    int least = low.isEmpty() ? 0 : count(in, low);
    int most = high.isEmpty() ? Integer.MAX_VALUE : count(in, high);
    if (most < least) {
      throw in.error("repetition has its greater bound first");
    }
    String end = exact ? "" : "," + (high.isEmpty() ? "" : String.valueOf(most));
    return new Repetition("{" + least + end + "}", least == 0);
  }

  /**
   * Returns the number that digits say.
   *
   * @throws RegexException if it is too large
   */
  static int count(PatternReader in, String digits) throws RegexException {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw in.error("repetition must be at most " + Integer.MAX_VALUE + " times");
    }
  }
}
