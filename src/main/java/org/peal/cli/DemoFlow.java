package org.peal.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.peal.Threads;

/**
 * A publisher of the demo that publishes the next number again and again, until it is stopped: 1,
 * 2, 3, and so on. One thread of its own does it; the methods are for one other.
 */
final class DemoFlow implements AutoCloseable {

  private static final long PAUSE_MILLIS = 20;

  private final ChildProcess logger;
  private final CountDownLatch isOver = new CountDownLatch(1);
  private final Thread thread = Threads.daemon("peal-demo-flow", this::publish);
  private volatile int published;

  /** Takes a program that publishes each line that it reads, as JSON. */
  DemoFlow(ChildProcess logger) {
    this.logger = logger;
  }

  /** Begins, if it has not begun. */
  void begin() {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
  }

  private void publish() {
    try {
      int next = 0;
      do {
        next++;
        logger.write("{\"n\":" + next + "}");
        published = next;
      } while (!isOver.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
      logger.closeInput();
    } catch (IOException e) {
      return; // the program has ended, and whoever waits for that says why
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the last number that was handed over. */
  int published() {
    return published;
  }

  /** Ends, waits until all has been taken over by the node, and returns the last number. */
  int stop() throws InterruptedException {
    isOver.countDown();
    logger.awaitEnd(DemoStage.PATIENCE);
    return published;
  }

  @Override
  public void close() {
    isOver.countDown();
    logger.close();
  }
}
