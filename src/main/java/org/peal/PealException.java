package org.peal;

import org.jspecify.annotations.Nullable;

/**
 * The root of all exceptions that Peal throws on purpose.
 *
 * <p>Bad input from the network is never an exception that leaves its package: it is a verdict or
 * an outcome. What is thrown says by its {@link #category()} what the caller should do.
 */
public abstract class PealException extends RuntimeException {

  /** What a caller should do about a failure. */
  public enum Category {
    /** The same call may succeed later: try again, within a bound. */
    TRANSIENT,
    /** The same input will fail again: refuse it and go on. */
    PERMANENT,
    /** Nothing more can be done here: stop. */
    FATAL
  }

  protected PealException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Returns what failed; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** Returns what the caller should do about this failure. */
  public abstract Category category();
}
