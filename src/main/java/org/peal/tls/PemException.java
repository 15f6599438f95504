package org.peal.tls;

import org.jspecify.annotations.Nullable;
import org.peal.PealException;

/** Thrown when a file with certificates or a key is missing or of no use. */
public final class PemException extends PealException {

  PemException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public Category category() {
    return Category.FATAL;
  }
}
