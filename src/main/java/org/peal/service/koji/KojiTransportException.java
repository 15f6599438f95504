package org.peal.service.koji;

import org.jspecify.annotations.Nullable;

/** Thrown when a call did not get to the hub, or no answer came from it. */
public final class KojiTransportException extends KojiException {

  private final Remedy remedy;
  private final boolean mayHaveRun;

  private KojiTransportException(
      String message, @Nullable Throwable cause, Remedy remedy, boolean mayHaveRun) {
    super(message, cause);
    this.remedy = remedy;
    this.mayHaveRun = mayHaveRun;
  }

  /** Returns a failure before anything was sent, which may pass. */
  static KojiTransportException unreachable(String message, Throwable cause) {
    return new KojiTransportException(message, cause, Remedy.REPEAT, false);
  }

  /** Returns a failure after which nobody knows whether the hub got the call; it may pass. */
  static KojiTransportException unanswered(String message, @Nullable Throwable cause) {
    return new KojiTransportException(message, cause, Remedy.REPEAT, true);
  }

  /** Returns a refusal by a web server or by TLS, which stays. */
  static KojiTransportException refused(String message, @Nullable Throwable cause) {
    return new KojiTransportException(message, cause, Remedy.NONE, false);
  }

  /** Returns the end of a wait because this program stops. */
  static KojiTransportException stopped(String message, boolean mayHaveRun) {
    return new KojiTransportException(message, null, Remedy.NONE, mayHaveRun);
  }

  /** Tells whether nobody was there to take the call. */
  public boolean isUnreachable() {
    return remedy == Remedy.REPEAT && !mayHaveRun;
  }

  @Override
  Remedy remedy() {
    return remedy;
  }

  @Override
  boolean mayHaveRun() {
    return mayHaveRun;
  }

  @Override
  public Category category() {
    return remedy == Remedy.NONE && !mayHaveRun ? Category.PERMANENT : Category.TRANSIENT;
  }
}
