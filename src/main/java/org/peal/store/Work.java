package org.peal.store;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.peal.PealException.Category;

/**
 * Something for the writer to do, and whoever waits for it. Run, and then completed or failed, once
 * and by the writer's thread.
 *
 * @param <T> the result
 */
final class Work<T> {

  private static final String SAVE = "SAVEPOINT work";
  private static final String RELEASE = "RELEASE SAVEPOINT work";
  private static final String UNDO = "ROLLBACK TO SAVEPOINT work";

  /** How work goes together with other work. */
  enum Kind {
    /** Shares a commit with its neighbours. */
    GROUPED,
    /** Shares a commit with its neighbours, and waits a moment for more of them. */
    PATIENT,
    /** Has a commit of its own. */
    ALONE,
    /** Runs between transactions. */
    BETWEEN
  }

  private final Kind kind;
  private final Function<WriteTransaction, T> task;
  private final CompletableFuture<T> future = new CompletableFuture<>();
  private @Nullable T result;
  private @Nullable Throwable failure;

  Work(Kind kind, Function<WriteTransaction, T> task) {
    this.kind = kind;
    this.task = task;
  }

  Kind kind() {
    return kind;
  }

  boolean isGrouped() {
    return kind == Kind.GROUPED || kind == Kind.PATIENT;
  }

  boolean isPatient() {
    return kind == Kind.PATIENT;
  }

  CompletableFuture<T> future() {
    return future;
  }

  /** Does it and keeps the result until the commit. */
  void run(WriteTransaction transaction) {
    result = task.apply(transaction);
  }

  /**
   * Does it within the transaction of others, so that its failure undoes nothing but itself and is
   * kept until the commit.
   *
   * @return whether it worked out
   * @throws StoreException if the database failed, and the whole transaction with it
   */
  boolean runIsolated(Session session, WriteTransaction transaction) {
    session.execute(SAVE);
    try {
      run(transaction);
    } catch (RuntimeException | Error e) {
      if (e instanceof StoreException store && store.category() != Category.PERMANENT) {
        throw store;
      }
      session.execute(UNDO);
      failure = e;
    }
    session.execute(RELEASE);
    return failure == null;
  }

  /** Tells the waiting what became of it, after the commit. */
  @SuppressWarnings("NullAway") // the result may be null if T may
  void complete() {
    if (failure == null) {
      future.complete(result);
    } else {
      future.completeExceptionally(failure);
    }
  }

  void fail(Throwable why) {
    future.completeExceptionally(failure == null ? why : failure);
  }
}
