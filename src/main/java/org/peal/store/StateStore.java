package org.peal.store;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Where handlers and subscribers keep what must outlive them: cursors, outcomes, what is tried
 * again or was put aside, what waits to be published. Thread-safe.
 */
public sealed interface StateStore permits Database, SharedStore {

  /**
   * Does some work in a transaction, on the writer's thread. It may share the commit with other
   * work, but neither fails with it nor makes it fail: work that throws changes nothing.
   *
   * <p>Waits while very much is queued, so a thread that must never wait must not call this. What
   * depends on the result runs on the writer's thread unless it says otherwise, and must be short.
   *
   * @param work must neither wait nor keep the transaction; its result may be null
   * @return completed when the work is committed; completed with what the work threw, or with a
   *     {@link StoreException}: transient if it may work later, fatal if nothing can be written any
   *     more
   */
  <T> CompletableFuture<T> write(Function<? super Transaction, ? extends T> work);

  /**
   * Does the same for work that nobody waits for: it keeps its place among other work, but waits
   * some milliseconds for more to go with it.
   */
  <T> CompletableFuture<T> writeSoon(Function<? super Transaction, ? extends T> work);

  /** Lets work begin that waits for more to go with it: enough has come together. */
  void hurry();

  /**
   * Reads in one short transaction, on the caller's thread, beside the writer.
   *
   * @throws StoreException if the store cannot be read
   */
  <T> T read(Function<? super Snapshot, ? extends T> work);
}
