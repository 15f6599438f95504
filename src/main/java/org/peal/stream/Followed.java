package org.peal.stream;

/** One stream that is followed: where it stands, what waits, what was asked. Not thread-safe. */
final class Followed {

  final String stream;
  GapTracker tracker;
  final Holding held = new Holding();

  /** What was passed over and may still come. */
  final OpenSpans open = new OpenSpans();

  /** The publisher's name in the endpoint map. */
  String publisher;

  /** The greatest sequence id that a message said; what is missing up to there is due. */
  long target = -1;

  /** The greatest sequence id that anybody told, for those who watch. */
  long known = -1;

  /** Up to where the log may have more, by its own unsigned word. */
  long hint = -1;

  /** Whether the log is still being asked for what came before the first live message. */
  boolean isBeginning;

  /** The lowest sequence id that was dropped before the first one was handed on. */
  long firstDropped = Long.MAX_VALUE;

  /** When the stream was last heard of or asked about, in nanoseconds. */
  long lastSign;

  final Question question = new Question();

  /** What the log was not believed yet. */
  final Doubt doubt = new Doubt();

  Followed(String stream, String publisher, GapTracker tracker) {
    this.stream = stream;
    this.publisher = publisher;
    this.tracker = tracker;
  }

  boolean isStarted() {
    return tracker.position().isPresent();
  }

  /** Returns the last sequence id that is done with; anything at all is due before the first. */
  long cursor() {
    return tracker.position().map(Position::sequenceId).orElse(Long.MAX_VALUE - 1);
  }

  /** If nothing was handed on yet but something dropped, begins with that. */
  void startAtDropped() {
    if (!isStarted() && firstDropped != Long.MAX_VALUE) {
      tracker = new GapTracker(Position.after(firstDropped - 1));
    }
  }

  Following.Stream status() {
    long done = isStarted() ? cursor() : -1;
    return new Following.Stream(
        publisher, stream, done, Math.max(known, done), held.size(), open.size());
  }

  Event.Mark mark() {
    return new Event.Mark(stream, publisher, tracker.position().orElseThrow());
  }

  /** Returns the last sequence id of what is missing now, less than the next one if nothing is. */
  long missingUpTo() {
    long missing = held.isEmpty() ? Math.max(target, hint) : held.first() - 1;
    return missing > cursor() ? Math.max(missing, Math.min(target, doubt.last())) : missing;
  }

  /** Tells whether a message that was verified stands behind a sequence id. */
  boolean isFirm(long id) {
    return target >= id;
  }
}
