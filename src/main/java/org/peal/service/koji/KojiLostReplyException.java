package org.peal.service.koji;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a call that changes something was or may have been carried out, and its result never
 * arrived. Asking again could do it twice: look at the hub first, as {@link Tagger} does.
 */
public final class KojiLostReplyException extends KojiException {

  private final boolean certain;

  KojiLostReplyException(String method, boolean certain, @Nullable Throwable cause) {
    super(
        method
            + (certain ? " was carried out" : " may have been carried out")
            + ", but its result was lost",
        cause);
    this.certain = certain;
  }

  /** Tells whether the hub itself says that the call was carried out. */
  public boolean certain() {
    return certain;
  }

  @Override
  Remedy remedy() {
    return Remedy.LOOK_UP;
  }

  @Override
  boolean mayHaveRun() {
    return true;
  }

  @Override
  public Category category() {
    return Category.TRANSIENT;
  }
}
