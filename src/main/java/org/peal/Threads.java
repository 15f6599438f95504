package org.peal;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the threads of Peal: daemons with a name that tells their role. Stateless. */
public final class Threads {

  private Threads() {}

  /** Returns a new, not yet started daemon thread called {@code name}. */
  public static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Waits until a thread that was started has ended; an interrupt is kept for later. */
  public static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns a factory of daemon threads called {@code prefix-0}, {@code prefix-1} and so on. */
  public static ThreadFactory factory(String prefix) {
    AtomicInteger next = new AtomicInteger();
    return work -> daemon(prefix + "-" + next.getAndIncrement(), work);
  }
}
