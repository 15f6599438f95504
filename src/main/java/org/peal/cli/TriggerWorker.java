package org.peal.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.peal.Threads;

/**
 * Runs a program for the matches in a queue, one after the other, on a thread of its own, and tells
 * how each run ended. Thread-safe.
 */
final class TriggerWorker {

  private static final Duration LAST_WAIT = Duration.ofSeconds(10);

  private final TriggerQueue queue;
  private final Program program;
  private final Consumer<String> say;
  private final Thread thread = Threads.daemon("peal-trigger", this::work);
  private boolean stopping;
  private long matched;
  private long runs;
  private long failed;

  TriggerWorker(TriggerQueue queue, Program program, Consumer<String> say) {
    this.queue = queue;
    this.program = program;
    this.say = say;
  }

  void start() {
    thread.start();
  }

  /** Takes a match; when there is no room for it that is told, at powers of two. */
  synchronized void take(Match match) {
    matched++;
    if (!queue.offer(match, System.nanoTime()) && Long.bitCount(queue.dropped()) == 1) {
      say.accept(
          "warning: the command does not keep up, "
              + queue.dropped()
              + " messages dropped so far; the last: "
              + match.describe());
    }
    notifyAll();
  }

  private void work() {
    try {
      for (Optional<Match> match = next(); match.isPresent(); match = next()) {
        run(match.get());
      }
    } catch (InterruptedException e) {
      // Only the end of the process interrupts.
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a match that is due; empty when it is time to stop. */
  private synchronized Optional<Match> next() throws InterruptedException {
    while (!stopping) {
      long now = System.nanoTime();
      Optional<Match> match = queue.poll(now);
      if (match.isPresent()) {
        return match;
      }
      // With nothing held only a new match or the end can change anything, and both notify.
      TimeUnit.NANOSECONDS.timedWait(
          this, queue.untilDue(now).map(Duration::toNanos).orElse(Long.MAX_VALUE));
    }
    return Optional.empty();
  }

  private void run(Match match) throws InterruptedException {
    Program.Result result = program.run(match);
    synchronized (this) {
      runs++;
      failed += result.isSuccess() ? 0 : 1;
    }
    say.accept(match.describe() + ": the command " + result.describe(program.limit()));
  }

  /** Starts nothing more, lets a run that is under way finish within a limit, else ends it. */
  void stop(Duration limit) throws InterruptedException {
    synchronized (this) {
      stopping = true;
      notifyAll();
    }
    thread.join(limit.toMillis());
    if (thread.isAlive()) {
      program.stop();
      thread.join(LAST_WAIT.toMillis());
    }
  }

  /** Returns the counters. */
  synchronized String summary() {
    return "matched "
        + matched
        + ", run "
        + runs
        + ", failed "
        + failed
        + ", dropped "
        + queue.dropped()
        + ", not run "
        + queue.size();
  }
}
