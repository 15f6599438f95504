package org.peal.filter;

import org.peal.PealException;

/** Thrown when a text is not a filter expression; tells what is wrong, where, and what is right. */
public final class FilterException extends PealException {

  private final int line;
  private final int column;
  private final String excerpt;

  private FilterException(String problem, Excerpt excerpt) {
    super("line %d, column %d: %s".formatted(excerpt.line(), excerpt.column(), problem), null);
    this.line = excerpt.line();
    this.column = excerpt.column();
    this.excerpt = excerpt.text();
  }

  /**
   * Makes an exception about the characters of {@code text} from {@code start} up to {@code end}.
   */
  static FilterException at(String text, int start, int end, String problem) {
    return new FilterException(problem, Excerpt.of(text, start, end));
  }

  /** Returns the line of the problem, from 1. */
  public int line() {
    return line;
  }

  /** Returns the column of the problem in code points, from 1. */
  public int column() {
    return column;
  }

  /** Returns two lines: the line of the problem, shortened, and carets under the place. */
  public String excerpt() {
    return excerpt;
  }

  @Override
  public Category category() {
    return Category.PERMANENT;
  }
}
