package org.peal.handler.tagging.action;

import java.time.Duration;
import org.peal.PealException;

/** Thrown when a hub has said that it is down: whatever is asked of it has to wait. */
public final class HubAwayException extends PealException {

  private final Duration after;

  /** Makes one that says how long to wait before the hub is worth asking again. */
  HubAwayException(String message, Duration after) {
    super(message, null);
    this.after = after;
  }

  /** Returns how long to wait; never negative. */
  Duration after() {
    return after;
  }

  @Override
  public Category category() {
    return Category.TRANSIENT;
  }
}
