package org.peal.service.koji;

import org.jspecify.annotations.Nullable;

/** Thrown when the hub does not let this user in, or there is no ticket to show to it. */
public final class KojiLoginException extends KojiException {

  private final Category category;

  KojiLoginException(String message, @Nullable Throwable cause) {
    this(message, cause, Category.PERMANENT);
  }

  private KojiLoginException(String message, @Nullable Throwable cause, Category category) {
    super(message, cause);
    this.category = category;
  }

  /**
   * Returns a failure that may pass: tickets are renewed from outside, and their servers return.
   */
  static KojiLoginException withoutTicket(String message, Throwable cause) {
    return new KojiLoginException(message, cause, Category.TRANSIENT);
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
    return category;
  }
}
