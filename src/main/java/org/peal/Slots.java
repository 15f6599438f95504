package org.peal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A few places that one thread at a time fills, in order, until another takes what is there.
 * Neither ever waits for the other.
 *
 * @param <T> what the places hold
 */
final class Slots<T> {

  private static final Object TAKEN = new Object();

  private final AtomicReferenceArray<Object> places;

  /** How many are filled; for whoever fills them. */
  private int filled;

  /** Makes so many empty places. */
  Slots(int size) {
    this.places = new AtomicReferenceArray<>(size);
  }

  /** Fills the next place; tells whether there was one, and nobody had taken what is there. */
  boolean add(T item) {
    if (filled == places.length() || !places.compareAndSet(filled, null, item)) {
      return false;
    }
    filled++;
    return true;
  }

  /** Takes what is there, once; from then on nothing more can be added. For any thread. */
  List<T> take() {
    List<T> items = new ArrayList<>();
    for (int i = 0; i < places.length(); i++) {
      Object item = places.getAndSet(i, TAKEN);
      if (item == null) {
        return items;
      }
      items.add(cast(item));
    }
    return items;
  }

  @SuppressWarnings("unchecked") // only add puts something in
  private T cast(Object item) {
    return (T) item;
  }
}
