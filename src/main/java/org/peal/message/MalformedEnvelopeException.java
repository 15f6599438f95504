package org.peal.message;

import org.peal.PealException;

/** Thrown when a JSON value is no message: not an object, or without a topic or a body. */
public final class MalformedEnvelopeException extends PealException {

  MalformedEnvelopeException(String problem) {
    super(problem, null);
  }

  @Override
  public Category category() {
    return Category.PERMANENT;
  }
}
