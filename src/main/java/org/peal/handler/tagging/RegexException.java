package org.peal.handler.tagging;

/** Says why an expression cannot be used; caught where the rule that holds it is known. */
final class RegexException extends Exception {

  RegexException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
