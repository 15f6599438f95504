package org.peal.http;

import org.peal.PealException;

/** The HTTP server cannot start. */
public final class HttpException extends PealException {

  HttpException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public Category category() {
    return Category.FATAL;
  }
}
