package org.peal.crypto;

import org.jspecify.annotations.Nullable;
import org.peal.PealException;

/** Thrown when keys, certificates, revocation lists or a policy cannot be loaded. */
public final class TrustException extends PealException {

  public TrustException(String problem, @Nullable Throwable cause) {
    super(problem, cause);
  }

  @Override
  public Category category() {
    return Category.FATAL;
  }
}
