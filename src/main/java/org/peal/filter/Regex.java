package org.peal.filter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.regex.MatchResult;

/**
 * A regular expression in RE2's syntax, whose search takes time in proportion to the length of the
 * text. Immutable and thread-safe.
 */
final class Regex {

  /** The largest program that an expression may become; a step of a search may touch all of it. */
  static final int MAX_SIZE = 1_000;

  /** The library unrolls repetitions, nested ones too, before anybody can look at the size. */
  private static final long MAX_UNROLLED = 20_000;

  private static final java.util.regex.Pattern REPETITION =
      java.util.regex.Pattern.compile("([)}*+?]?)\\{(\\d{1,4})(?:,(\\d{0,4}))?\\}");

  private final Pattern pattern;

  private Regex(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException with a message for people, if it is not one or is too large
   */
  static Regex compile(String expression) {
    if (unrolledLength(expression) > MAX_UNROLLED) {
      throw new IllegalArgumentException("its repetitions multiply to too much");
    }
    try {
      Pattern pattern = Pattern.compile(expression);
      if (pattern.programSize() > MAX_SIZE) {
        throw new IllegalArgumentException(
            "its program has %d steps, at most %d may be"
                .formatted(pattern.programSize(), MAX_SIZE));
      }
      return new Regex(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(reason(e), e);
    }
  }

  private static String reason(PatternSyntaxException e) {
    String part = e.getPattern();
    return e.getDescription() + (part == null || part.isEmpty() ? "" : ": " + part);
  }

  /** Returns a bound of the length with all repetitions written out. */
  private static long unrolledLength(String expression) {
    long nested = 1;
    long single = 1;
    for (MatchResult found : REPETITION.matcher(expression).results().toList()) {
      if (found.group(1).isEmpty()) {
        single = Math.max(single, times(found));
      } else {
        nested = Math.min(MAX_UNROLLED, nested) * times(found);
      }
    }
    return expression.length() * single * nested;
  }

  private static long times(MatchResult repetition) {
    String most = repetition.group(3);
    return Math.max(1, Math.max(count(repetition.group(2)), count(most == null ? "" : most)));
  }

  private static long count(String digits) {
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  boolean isFoundIn(String text) {
    return pattern.matcher(text).find();
  }

  String pattern() {
    return pattern.pattern();
  }

  int size() {
    return pattern.programSize();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Regex regex && regex.pattern().equals(pattern());
  }

  @Override
  public int hashCode() {
    return pattern().hashCode();
  }
}
