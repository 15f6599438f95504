package org.peal.service.koji;

import org.jspecify.annotations.Nullable;

/** Thrown when the hub does not let this user in; asking again with the same means is of no use. */
public final class KojiLoginException extends KojiException {

  KojiLoginException(String message, @Nullable Throwable cause) {
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
    return Category.PERMANENT;
  }
}
