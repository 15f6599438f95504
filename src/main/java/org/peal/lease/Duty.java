package org.peal.lease;

import java.util.Optional;
import org.peal.store.StateStore;

/** What is done by whoever has a lease. Called by the lease's thread. */
public interface Duty {

  /**
   * Begins to do it.
   *
   * @param store where what comes of it is kept; closed after the term
   * @throws RuntimeException if that is not possible; if the cause is the store it is tried again
   */
  Term begin(StateStore store);

  /** The time for which it is done. */
  interface Term extends AutoCloseable {

    /** Returns what went wrong, after which nothing more is done. */
    Optional<Throwable> failure();

    /** Stops doing it; what is under way may still be recorded until this returns. */
    @Override
    void close();
  }
}
