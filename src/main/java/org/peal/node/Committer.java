package org.peal.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.peal.Deadline;
import org.peal.Threads;
import org.peal.store.StoreException;

/**
 * The thread that hands signed messages to the journal in the order of their numbers; what is
 * stored is accepted. What is ready while a commit is under way makes up the next, which the store
 * begins while what was stored is told. Thread-safe.
 */
final class Committer {

  private final SlotRing ring;
  private final Acceptance acceptance;
  private final Thread thread = Threads.daemon("peal-publish", this::run);

  /** Used by the thread only. */
  private final Commits commits;

  /** Makes it; it does nothing before {@link #start()}. */
  Committer(Journal journal, SlotRing ring, Acceptance acceptance) {
    this.ring = ring;
    this.acceptance = acceptance;
    this.commits = new Commits(journal, ring::wake);
  }

  void start() {
    thread.start();
  }

  /** Waits until the ring is closed and nothing is left, at least a millisecond. */
  void join(Deadline deadline) throws InterruptedException {
    Duration left = deadline.left();
    thread.join(Math.max(1, left.toMillis()));
  }

  /** Ends it wherever it is. */
  void interrupt() {
    if (thread.isAlive()) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      while (advance()) {
        // Until there is nothing left and nothing comes.
      }
    } catch (InterruptedException e) {
      // What is on its way to the disk may get there, as after a sudden death.
      acceptance.stop(SlotRing.closed(), commits.takeAll());
    } catch (RuntimeException | Error e) {
      acceptance.stopByFault(e, commits.takeAll());
    }
  }

  /** Does what comes next; tells whether more may come. */
  private boolean advance() throws InterruptedException {
    if (commits.isEmpty()) {
      return begin(ring.next());
    }
    List<Slot> behind =
        commits.hasRoom() ? ring.nextBehind(commits::isOldestOver) : List.<Slot>of();
    if (behind.isEmpty()) {
      end();
    } else {
      commits.begin(behind);
    }
    return true;
  }

  private boolean begin(SlotRing.Batch batch) {
    if (batch.failure() != null) {
      acceptance.abandon(batch.slots(), batch.failure());
    } else if (!batch.isEnd()) {
      commits.begin(batch.slots());
    }
    return !batch.isEnd();
  }

  /** Waits for the end of the oldest commit and tells everybody. */
  private void end() {
    Optional<StoreException> failure = commits.failure();
    if (failure.isPresent()) {
      acceptance.failAll(commits.takeFailed(), failure.get());
    } else {
      commits.oldest().forEach(slot -> slot.rows().committed());
      acceptance.accept(commits.oldest());
      commits.removeOldest();
    }
  }
}
