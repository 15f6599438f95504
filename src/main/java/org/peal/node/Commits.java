package org.peal.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.peal.store.StoreException;
import org.peal.store.StoredMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages that were handed to the journal and are not yet told, by commits, oldest first. For
 * one thread.
 */
final class Commits {

  private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

  /** One commit that the disk is at, and one behind it, so that the store's thread never rests. */
  private static final int MOST = 2;

  private final Journal journal;
  private final Runnable ended;
  private final Deque<Commit> commits = new ArrayDeque<>(MOST);

  private record Commit(List<Slot> slots, CompletableFuture<?> stored) {}

  /**
   * Makes it without commits.
   *
   * @param ended called on the store's thread whenever a commit has ended; must not wait
   */
  Commits(Journal journal, Runnable ended) {
    this.journal = journal;
    this.ended = ended;
  }

  /** Begins a commit behind the others. */
  void begin(List<Slot> slots) {
    List<StoredMessage> messages = slots.stream().flatMap(slot -> slot.row().stream()).toList();
    CompletableFuture<?> stored = journal.append(messages, slots.stream().map(Slot::rows).toList());
    commits.add(new Commit(slots, stored));
    stored.whenComplete((done, failure) -> ended.run());
  }

  boolean isEmpty() {
    return commits.isEmpty();
  }

  /** Returns whether one more may begin. */
  boolean hasRoom() {
    return commits.size() < MOST;
  }

  /** Returns whether the oldest one has ended, without waiting. */
  boolean isOldestOver() {
    Commit oldest = commits.peek();
    return oldest != null && oldest.stored().isDone();
  }

  /** Waits for the end of the oldest one; returns why nothing was stored, if so. */
  Optional<StoreException> failure() {
    return failure(commits.element());
  }

  private static Optional<StoreException> failure(Commit commit) {
    try {
      commit.stored().join();
      return Optional.empty();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException cause) {
        return Optional.of(cause);
      }
      throw e;
    }
  }

  /** Returns what the oldest one stores. */
  List<Slot> oldest() {
    return commits.element().slots();
  }

  /** Forgets the oldest one, of which everybody has been told. */
  void removeOldest() {
    commits.remove();
  }

  /**
   * Takes all out when the oldest one has failed. The log takes no numbers behind a hole, so what
   * is under way behind has failed as well; its end is waited for, because only then is it known
   * where the numbers go on.
   */
  List<Slot> takeFailed() {
    commits.forEach(
        commit -> failure(commit).ifPresent(why -> LOG.debug("not stored: {}", why.getMessage())));
    return takeAll();
  }

  /** Takes all out without waiting: what is on its way to the disk may get there. */
  List<Slot> takeAll() {
    List<Slot> all = new ArrayList<>();
    commits.forEach(commit -> all.addAll(commit.slots()));
    commits.clear();
    return all;
  }
}
