package org.peal.stream;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Whether a log is being asked, and how long it has not answered. Not thread-safe. */
final class Question {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 6;

  private final long firstPause;
  private final int mostDoublings;
  private boolean isOpen;
  private int failures;
  private long failingSince;
  private long notBefore;
  private boolean isPaused;

  /** Makes one whose pauses grow from a second to a minute. */
  Question() {
    this(FIRST_PAUSE, MOST_DOUBLINGS);
  }

  Question(Duration firstPause, int mostDoublings) {
    this.firstPause = firstPause.toNanos();
    this.mostDoublings = mostDoublings;
  }

  /** Tells whether a question may be put now. */
  boolean mayAsk(long now) {
    return !isOpen && (!isPaused || now - notBefore >= 0);
  }

  void asked() {
    isOpen = true;
    isPaused = false;
  }

  /** Notes an answer that was of use. */
  void answered() {
    isOpen = false;
    failures = 0;
  }

  /** Notes an answer of which it is not yet known whether it was of use. */
  void closed() {
    isOpen = false;
  }

  /** Notes that there was no answer; the next question waits longer each time, up to a bound. */
  void failed(long now, RandomGenerator random) {
    if (failures++ == 0) {
      failingSince = now;
    }
    double pause = (double) firstPause * (1L << Math.min(failures - 1, mostDoublings));
    pause(now, pause, random);
  }

  /** Notes that the question could not be put for want of room. */
  void refused(long now, RandomGenerator random) {
    pause(now, (double) firstPause, random);
  }

  /** Ends a pause: whoever is asked has just answered something else. */
  void hurry() {
    isPaused = false;
  }

  private void pause(long now, double pause, RandomGenerator random) {
    isOpen = false;
    isPaused = true;
    notBefore = now + (long) (pause * (0.75 + random.nextDouble() / 2));
  }

  boolean isFailing() {
    return failures > 0;
  }

  /** Returns how long there has been no answer, in nanoseconds. */
  long failingFor(long now) {
    return failures == 0 ? 0 : now - failingSince;
  }
}
