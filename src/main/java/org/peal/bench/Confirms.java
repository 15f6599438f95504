package org.peal.bench;

import com.rabbitmq.client.ConfirmListener;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What a broker has not confirmed yet, and a bound for it. Thread-safe. */
final class Confirms implements ConfirmListener {

  private final int window;
  private final Semaphore room;
  private final ConcurrentSkipListSet<Long> underWay = new ConcurrentSkipListSet<>();

  Confirms(int window) {
    this.window = window;
    this.room = new Semaphore(window);
  }

  /** Waits for room for one more message, and takes it. */
  void awaitRoom(long number) throws InterruptedException {
    acquire(1);
    underWay.add(number);
  }

  /** Waits until nothing is under way. */
  void awaitAll() throws InterruptedException {
    acquire(window);
  }

  private void acquire(int permits) throws InterruptedException {
    if (!room.tryAcquire(permits, Lab.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new BenchException("the broker does not confirm");
    }
  }

  @Override
  public void handleAck(long number, boolean multiple) {
    if (multiple) {
      for (Long first = underWay.pollFirst(); first != null; first = underWay.pollFirst()) {
        if (first > number) {
          underWay.add(first);
          return;
        }
        room.release();
      }
    } else if (underWay.remove(number)) {
      room.release();
    }
  }

  @Override
  public void handleNack(long number, boolean multiple) {
    // Its room is not given back, so the measurement fails in time.
  }
}
