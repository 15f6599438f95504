package org.peal.crypto;

import org.jspecify.annotations.Nullable;
import org.peal.PealException;

/** Thrown when a message cannot be signed. */
public final class SigningException extends PealException {

  public SigningException(String problem, @Nullable Throwable cause) {
    super(problem, cause);
  }

  @Override
  public Category category() {
    return Category.PERMANENT;
  }
}
