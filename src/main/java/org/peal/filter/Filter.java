package org.peal.filter;

/**
 * A compiled filter expression, as described in {@code docs/filters.md}. Immutable and thread-safe.
 */
public final class Filter {

  /** The longest text of an expression, in characters. */
  public static final int MAX_LENGTH = 16_384;

  /**
   * The most parts of an expression: tests, {@code and}, {@code or}, {@code not}, path steps,
   * values.
   */
  public static final int MAX_PARTS = 1_000;

  /** The deepest nesting of parentheses and {@code not}. */
  public static final int MAX_DEPTH = 100;

  /** The longest string or number in an expression, in characters. */
  public static final int MAX_LITERAL = 1_000;

  /**
   * The most work to spend on one message. A step is a value looked at, a value compared, or a
   * character searched; patterns and regular expressions cost more per character the longer they
   * are.
   */
  public static final int MAX_STEPS = 1_000_000;

  private final Expression expression;

  private Filter(Expression expression) {
    this.expression = expression;
  }

  /**
   * Compiles an expression.
   *
   * @throws FilterException if the text is not one, or is beyond a limit
   */
  public static Filter compile(String text) {
    return new Filter(Parser.parse(text));
  }

  /** Tells what this filter says of a message; never throws for what is in it. */
  public Answer test(Subject subject) {
    try {
      return expression.holds(new Run(subject, MAX_STEPS)) ? Answer.MATCH : Answer.NO_MATCH;
    } catch (Run.TooExpensiveException e) {
      return Answer.TOO_EXPENSIVE;
    }
  }

  /** Tells whether this filter is known to match; callers that count use {@link #test}. */
  public boolean matches(Subject subject) {
    return test(subject) == Answer.MATCH;
  }

  /** Returns the expression in a uniform spelling; compiling it gives the same filter. */
  @Override
  public String toString() {
    return expression.text();
  }
}
