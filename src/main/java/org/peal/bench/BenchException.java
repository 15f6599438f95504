package org.peal.bench;

import org.jspecify.annotations.Nullable;
import org.peal.PealException;

/** A measurement that could not be made: a process ended or did not answer. */
public final class BenchException extends PealException {

  private static final long serialVersionUID = 1;

  BenchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  BenchException(String message) {
    this(message, null);
  }

  @Override
  public Category category() {
    return Category.FATAL;
  }
}
