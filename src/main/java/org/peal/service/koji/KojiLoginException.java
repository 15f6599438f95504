package org.peal.service.koji;

import org.jspecify.annotations.Nullable;

/** Thrown when the hub does not let this user in, or there is no ticket to show to it. */
public final class KojiLoginException extends KojiException {

  private final Category category;
  private final boolean isByWebServer;

  KojiLoginException(String message, @Nullable Throwable cause) {
    this(message, cause, Category.PERMANENT, false);
  }

  private KojiLoginException(
      String message, @Nullable Throwable cause, Category category, boolean isByWebServer) {
    super(message, cause);
    this.category = category;
    this.isByWebServer = isByWebServer;
  }

  /** Returns a refusal by a web server, the hub's own or one before it. */
  static KojiLoginException byWebServer(String message) {
    return new KojiLoginException(message, null, Category.PERMANENT, true);
  }

  /**
   * Returns a failure that may pass: tickets are renewed from outside, and their servers return.
   */
  static KojiLoginException withoutTicket(String message, Throwable cause) {
    return new KojiLoginException(message, cause, Category.TRANSIENT, false);
  }

  /** Tells whether a web server refused, so that the hub itself may not have been asked. */
  public boolean isByWebServer() {
    return isByWebServer;
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
