package org.peal;

import java.io.IOException;

/** Thrown when the body of a response is longer than the caller takes. */
public final class BodyTooLargeException extends IOException {

  private static final long serialVersionUID = 1;

  BodyTooLargeException(int maxBytes) {
    super("larger than " + maxBytes + " bytes");
  }
}
