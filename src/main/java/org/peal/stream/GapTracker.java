package org.peal.stream;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows one publisher's stream and decides what each message of it means. A pure state machine:
 * no I/O, no clock, bounded memory. Not thread-safe.
 *
 * <p>The <i>cursor</i> is the last sequence id before which nothing is due any more. It moves by
 * one with the message that is due, or over a gap that is given up ({@link #skip}); a message
 * behind a gap changes nothing and is offered again when the gap has been filled.
 *
 * <p>A log only grows, so of all that a new process of a publisher says its first sequence id is
 * beyond everything that was seen before. Where it is not, and where one sequence id has two
 * messages, the log was set back ({@link Step.RolledBack}). Without {@code peal-run} only the
 * latter and a big step back show that.
 */
final class GapTracker {

  /** How many sequence ids behind the cursor are remembered with their messages. */
  static final int MEMORY = 512;

  private static final int MOST_RUNS = 64;
  private static final int MOST_GAPS = 256;

  private long cursor;
  private boolean started;
  private String messageId = "";
  private @Nullable String run;

  /** Where the run began, -1 while that is not known. */
  private long runStart = -1;

  private final Set<String> earlierRuns = Collections.newSetFromMap(new Latest<>(MOST_RUNS));
  private final Map<Long, String> seen = new Latest<>(MEMORY);
  private final Spans givenUp = new Spans(MOST_GAPS);

  /** Makes a tracker that starts with whatever comes first. */
  GapTracker() {}

  /** Makes a tracker that goes on behind a position. */
  GapTracker(Position position) {
    started = true;
    cursor = position.sequenceId();
    run = position.run().orElse(null);
    messageId = position.messageId();
    if (!messageId.isEmpty()) {
      seen.put(cursor, messageId);
    }
  }

  /** Returns how far the stream was followed; empty before the first message. */
  Optional<Position> position() {
    return started
        ? Optional.of(new Position(cursor, messageId, Optional.ofNullable(run)))
        : Optional.empty();
  }

  /** Takes a message and says what it means. */
  Step accept(Place place) {
    if (!started) {
      started = true;
      advance(place);
      return new Step.First();
    }
    if (isFromBefore(place)) {
      return isSeen(place) ? new Step.Duplicate() : new Step.Late();
    }
    if (contradicts(place)) {
      return rolledBack(place);
    }
    if (place.sequenceId() > cursor + 1) {
      return new Step.Gap(new Span(cursor + 1, place.sequenceId() - 1));
    }
    return place.sequenceId() == cursor + 1 ? next(place) : behind(place);
  }

  /** Remembers that some ids before the cursor were given up, in ascending order. */
  void restoreGivenUp(Span span) {
    givenUp.add(span);
  }

  /** Gives up all that is due up to a sequence id, which is beyond the cursor. */
  void skip(long last) {
    givenUp.add(new Span(cursor + 1, last));
    cursor = last;
    messageId = "";
  }

  /** Tells whether a message comes from a process that is known to have ended. */
  private boolean isFromBefore(Place place) {
    return place
        .run()
        .filter(said -> said.start() <= runStart && earlierRuns.contains(said.id()))
        .isPresent();
  }

  private boolean isSeen(Place place) {
    return place.messageId().equals(seen.get(place.sequenceId()));
  }

  /** Tells whether a message cannot come from the log as it is known. */
  private boolean contradicts(Place place) {
    return isNewBelowTheCursor(place) || hasOtherContent(place) || isFarBehind(place);
  }

  private boolean isNewBelowTheCursor(Place place) {
    return run != null
        && place
            .run()
            .filter(said -> !said.id().equals(run) && said.start() <= cursor)
            .filter(said -> !givenUp.contains(said.start()))
            .isPresent();
  }

  private boolean hasOtherContent(Place place) {
    String known = seen.get(place.sequenceId());
    return known != null && !known.equals(place.messageId());
  }

  /** Without a run to go by: no message is that late, so the numbers have begun anew. */
  private boolean isFarBehind(Place place) {
    return place.run().isEmpty()
        && cursor - place.sequenceId() >= MEMORY
        && !givenUp.contains(place.sequenceId());
  }

  private Step rolledBack(Place place) {
    Step step = new Step.RolledBack(cursor);
    long due =
        place
            .run()
            .filter(said -> !said.id().equals(run))
            .map(Place.Run::start)
            .orElse(place.sequenceId());
    seen.clear();
    givenUp.clear();
    cursor = Math.max(0, Math.min(due, place.sequenceId())) - 1;
    messageId = "";
    enter(place.run());
    return step;
  }

  private Step next(Place place) {
    boolean isOther = run != null && place.run().filter(said -> !said.id().equals(run)).isPresent();
    advance(place);
    return isOther ? new Step.Restarted() : new Step.Next();
  }

  private void advance(Place place) {
    cursor = place.sequenceId();
    enter(place.run());
    remember(place);
  }

  private void enter(Optional<Place.Run> next) {
    if (next.isEmpty()) {
      return;
    }
    if (run != null && !run.equals(next.get().id())) {
      earlierRuns.add(run);
    }
    run = next.get().id();
    runStart = next.get().start();
  }

  private Step behind(Place place) {
    if (isSeen(place)) {
      return new Step.Duplicate();
    }
    seen.put(place.sequenceId(), place.messageId());
    return new Step.Late();
  }

  private void remember(Place place) {
    messageId = place.messageId();
    seen.put(cursor, messageId);
  }

  /** A map that forgets what was put in first. */
  private static final class Latest<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    Latest(int most) {
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > most;
    }
  }
}
