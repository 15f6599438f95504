package org.peal.json;

import org.peal.PealException;

/** Thrown when bytes are not a JSON text that Peal accepts. */
public final class MalformedJsonException extends PealException {

  private final int line;
  private final int column;

  MalformedJsonException(String problem, int line, int column) {
    super(problem, null);
    this.line = line;
    this.column = column;
  }

  /** Returns the line of the problem, from 1, or 0 when it has no place. */
  public int line() {
    return line;
  }

  /** Returns the column of the problem in characters, from 1, or 0 when it has no place. */
  public int column() {
    return column;
  }

  @Override
  public Category category() {
    return Category.PERMANENT;
  }
}
