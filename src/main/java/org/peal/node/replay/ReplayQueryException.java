package org.peal.node.replay;

/** Thrown for a question that cannot be answered. */
final class ReplayQueryException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient ReplayError error;

  ReplayQueryException(ReplayError error) {
    super(error.text());
    this.error = error;
  }

  ReplayError error() {
    return error;
  }
}
