package org.peal.store;

/**
 * Decides for each commit whether it is forced to the disk. By {@link Fsync#COMMIT} all are; but in
 * a file without a log, what nobody waits for is left to the next commit that is, or to {@link
 * Care}: there it is what a subscriber did, and after a power failure it does the last of it again.
 * Used by the writer's thread only.
 */
final class Forcing {

  private final Session session;
  private final boolean isVarying;
  private boolean isOn;

  private Forcing(Session session, boolean isVarying) {
    this.session = session;
    this.isVarying = isVarying;
    this.isOn = true;
  }

  /**
   * Makes one for a connection that {@link Connections#writer} opened.
   *
   * @param hasLog whether the file has a log
   */
  static Forcing of(Session session, StoreConfig config, boolean hasLog) {
    return new Forcing(session, config.fsync() == Fsync.COMMIT && !hasLog);
  }

  /** Tells whether commits may be left for another thread to force. */
  static boolean isLate(StoreConfig config, boolean hasLog) {
    return config.fsync() == Fsync.INTERVAL || !hasLog;
  }

  /**
   * Gets ready for a commit; no transaction is under way.
   *
   * @param isAwaited whether anybody waits for it
   */
  void before(boolean isAwaited) {
    if (isVarying && isOn != isAwaited) {
      session.once("PRAGMA synchronous = " + (isAwaited ? "FULL" : "NORMAL"));
      isOn = isAwaited;
    }
  }
}
