package org.peal.bus.zmq;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.peal.bus.RawMessage;

/** A sink that keeps payloads as text up to a capacity that may change. */
final class Inbox implements FrameSink {
  private final List<String> texts = new CopyOnWriteArrayList<>();
  private final AtomicInteger count = new AtomicInteger();
  private final boolean keep;
  private volatile int capacity;

  Inbox() {
    this(true, Integer.MAX_VALUE);
  }

  Inbox(boolean keep, int capacity) {
    this.keep = keep;
    this.capacity = capacity;
  }

  @Override
  public boolean accept(RawMessage message) {
    if (count.get() >= capacity) {
      return false;
    }
    if (keep && message.payload().length < 10_000) {
      texts.add(new String(message.payload(), StandardCharsets.UTF_8));
    }
    count.incrementAndGet();
    return true;
  }

  void capacity(int messages) {
    capacity = messages;
  }

  int count() {
    return count.get();
  }

  List<String> texts() {
    return List.copyOf(texts);
  }
}
