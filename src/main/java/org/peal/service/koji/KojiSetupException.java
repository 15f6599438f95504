package org.peal.service.koji;

import org.jspecify.annotations.Nullable;

/** Thrown when a profile, a certificate or a Kerberos ticket is missing or of no use. */
public final class KojiSetupException extends KojiException {

  KojiSetupException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  Remedy remedy() {
    return Remedy.NONE;
  }

  @Override
  boolean mayHaveRun() {
    return false;
  }

  @Override
  public Category category() {
    return Category.FATAL;
  }
}
