package org.peal.cli;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets the first signal that is to end a program interrupt a thread, which then undoes what it has
 * begun; what comes later changes nothing, so that this is not cut short. Thread-safe.
 */
final class Interruption {

  private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

  private final Thread thread;
  private final AtomicInteger signal = new AtomicInteger();

  private Interruption(Thread thread) {
    this.thread = thread;
  }

  /** Takes the signals over for the calling thread. */
  static Interruption ofThisThread() {
    Interruption interruption = new Interruption(Thread.currentThread());
    SIGNALS.forEach((name, number) -> Stop.handle(name, () -> interruption.signalled(number)));
    return interruption;
  }

  private void signalled(int number) {
    if (signal.compareAndSet(0, number)) {
      thread.interrupt();
    }
  }

  /** Returns what shells report for a process that the signal ended; empty if none came. */
  OptionalInt status() {
    int number = signal.get();
    return number == 0 ? OptionalInt.empty() : OptionalInt.of(Stop.BY_SIGNAL + number);
  }
}
