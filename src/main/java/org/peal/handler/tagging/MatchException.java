package org.peal.handler.tagging;

/**
 * Says why it cannot be told whether a rule matches; never leaves the package.
 *
 * <p>Where the original fails too, it also names the type of Python's error.
 */
final class MatchException extends Exception {

  private final String type;

  MatchException(String type, String message) {
    super(message);
    this.type = type;
  }

  /** Returns {@code TYPE: what is wrong}. */
  @Override
  public String getMessage() {
    return type + ": " + super.getMessage();
  }
}
