package org.peal.bus.zmq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The subscriptions that a publishing socket has, and who waits for them. Loop thread only. */
final class Audience {
  private final Prefixes subscriptions = new Prefixes();
  private final List<Waiter> waiters = new ArrayList<>();

  boolean isEmpty() {
    return subscriptions.bytes() == 0;
  }

  /** Takes a frame of an XPUB: 1 and a prefix to subscribe, 0 and a prefix when the last leaves. */
  void subscription(byte[] frame) {
    if (frame.length == 0 || frame[0] < 0 || frame[0] > 1) {
      return;
    }
    byte[] prefix = Arrays.copyOfRange(frame, 1, frame.length);
    if (frame[0] == 1) {
      subscriptions.add(prefix);
    } else {
      subscriptions.removeAll(prefix);
    }
  }

  /** Forgets all subscriptions, because their socket is gone. */
  void leave() {
    subscriptions.clear();
  }

  void add(Waiter waiter) {
    waiters.add(waiter);
    answer();
  }

  void remove(Waiter waiter) {
    waiters.remove(waiter);
  }

  /** Tells those that have what they wait for. */
  void answer() {
    waiters.removeIf(
        waiter ->
            subscriptions.matching(waiter.topic()) >= waiter.count()
                && waiter.done().complete(true));
  }

  /** Tells all that wait that there is no hope. */
  void dismiss() {
    waiters.forEach(waiter -> waiter.done().complete(false));
    waiters.clear();
  }
}
