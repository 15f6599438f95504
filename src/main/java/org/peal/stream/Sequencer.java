package org.peal.stream;

import java.util.List;
import java.util.Optional;
import org.peal.bus.Delivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on the messages of streams in their order: holds what is behind a gap, passes over what
 * does not come, and counts. What is held is bounded. Used under the lock of its owner, which asks
 * logs for what is missing.
 */
final class Sequencer {

  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

  private final StreamsConfig config;
  private final EventSink sink;
  private final Asking asking;
  private int heldMessages;
  private long heldBytes;
  private long gaps;
  private long filled;
  private long lost;
  private long cameLate;
  private long duplicates;
  private long rolledBack;
  private long dropped;

  Sequencer(StreamsConfig config, EventSink sink, Asking asking) {
    this.config = config;
    this.sink = sink;
    this.asking = asking;
  }

  /** Takes a message of a stream: hands it on, holds it, or knows it already. */
  void offer(Followed stream, Holding.Held message) {
    stream.lastSign = asking.now();
    stream.known = Math.max(stream.known, message.place().sequenceId());
    if (stream.isBeginning) {
      hold(stream, message);
    } else {
      place(stream, message);
    }
  }

  /** Does the same, also while the beginning of the stream is still being asked for. */
  void place(Followed stream, Holding.Held message) {
    Step step = stream.tracker.accept(message.place());
    switch (step.kind()) {
      case FIRST, NEXT -> emit(stream, message, true);
      case RESTARTED -> {
        LOG.debug("{} was started anew", stream.publisher);
        emit(stream, message, true);
      }
      case LATE -> {
        if (!isFilling(stream, message)) {
          emit(stream, message, false);
        }
      }
      case DUPLICATE -> duplicates++;
      case GAP -> hold(stream, message);
      case ROLLED_BACK -> {
        goBack(stream, ((Step.RolledBack) step).cursor(), message.place());
        place(stream, message);
      }
    }
  }

  void emit(Followed stream, Holding.Held message, boolean isInOrder) {
    filled += message.isReplayed() ? 1 : 0;
    sink.accept(
        new Event.Message(
            message.delivery(),
            isInOrder ? Optional.of(stream.mark()) : Optional.empty(),
            message.isReplayed()));
  }

  private void goBack(Followed stream, long before, Place found) {
    rolledBack++;
    LOG.debug(
        "the log of {} went back: its stream {} was followed up to {}, now {} comes; following it"
            + " from there",
        stream.publisher,
        stream.stream,
        before,
        found.sequenceId());
    sink.accept(new Event.RolledBack(stream.mark(), before));
    giveUpAbove(stream);
    stream.target = -1;
    stream.hint = -1;
    stream.known = found.sequenceId();
    stream.doubt.clear();
    for (Holding.Held message : release(stream, -1)) {
      // Whoever tells its process shows by it whether it is from before.
      if (message.place().run().isPresent()) {
        offer(stream, message);
      } else {
        emit(stream, message, false);
      }
    }
  }

  private List<Holding.Held> release(Followed stream, long above) {
    List<Holding.Held> taken = stream.held.takeAbove(above);
    taken.forEach(this::uncount);
    return taken;
  }

  private void uncount(Holding.Held message) {
    heldMessages--;
    heldBytes -= message.bytes();
  }

  private void hold(Followed stream, Holding.Held message) {
    gaps += stream.held.isEmpty() && !stream.isBeginning ? 1 : 0;
    stream.target = Math.max(stream.target, message.place().sequenceId());
    heldMessages++;
    heldBytes += message.bytes();
    Holding.Held other = stream.held.put(message);
    if (other != null) {
      uncount(other);
      if (!other.place().equals(message.place())) {
        emit(stream, other, false);
      }
    }
    if (heldMessages > config.heldMessages() || heldBytes > config.heldBytes()) {
      drop(stream);
    }
  }

  private void drop(Followed stream) {
    if (!stream.isStarted()) {
      stream.firstDropped = Math.min(stream.firstDropped, stream.held.first());
    }
    dropped += release(stream, -1).size();
  }

  /** Hands on what was held and waits for nothing any more. */
  void releaseWhatIsDue(Followed stream) {
    Holding.Held next = stream.held.pollUpTo(dueUpTo(stream));
    while (next != null) {
      uncount(next);
      offer(stream, next);
      next = stream.held.pollUpTo(dueUpTo(stream));
    }
  }

  private static long dueUpTo(Followed stream) {
    return stream.cursor() + 1;
  }

  /** Hands on the first message that is held, which the log, ending at {@code last}, has not. */
  void handOnOdd(Followed stream, long last) {
    Holding.Held odd = stream.held.pollUpTo(stream.held.first());
    if (odd != null) {
      uncount(odd);
      LOG.warn(
          "message {} is not in the log of {}, which ends at {}: taken out of order",
          odd.place().sequenceId(),
          stream.publisher,
          last);
      emit(stream, odd, false);
    }
  }

  /** Goes on behind a sequence id; what has not come up to there is lost or left open. */
  void passOver(Followed stream, long last, Loss reason) {
    while (stream.isStarted() && stream.cursor() < last) {
      Holding.Held due = stream.held.pollUpTo(dueUpTo(stream));
      if (due != null) {
        uncount(due);
        offer(stream, due);
      } else {
        long end = stream.held.isEmpty() ? last : Math.min(last, stream.held.first() - 1);
        Span span = new Span(stream.cursor() + 1, end);
        stream.tracker.skip(end);
        if (reason.isUncertain()) {
          leaveOpen(stream, span, reason);
        } else {
          lose(stream, span, reason);
        }
      }
    }
  }

  private void leaveOpen(Followed stream, Span span, Loss reason) {
    LOG.debug("left open: {} of {} (stream {})", span, stream.publisher, stream.stream);
    sink.accept(new Event.LeftOpen(stream.mark(), span, reason));
    if (stream.open.isEmpty()) {
      asking.pause(stream.open.question);
    }
    stream.open.add(span);
    announceGivenUp(stream);
  }

  /** Announces what is no longer open for want of room. */
  void announceGivenUp(Followed stream) {
    stream.open.takeGivenUp().forEach(oldest -> lose(stream, oldest, Loss.GIVEN_UP));
  }

  /** Announces what will not come. */
  void lose(Followed stream, Span span, Loss reason) {
    lost += span.size();
    LOG.debug(
        "lost: {} of {} (stream {}): {}", span, stream.publisher, stream.stream, reason.text());
    sink.accept(new Event.Lost(stream.mark(), span, reason));
  }

  /** Hands on a message from before the cursor if it was still waited for. */
  private boolean isFilling(Followed stream, Holding.Held message) {
    long id = message.place().sequenceId();
    if (stream.open.remove(new Span(id, id)).isEmpty()) {
      return false;
    }
    takeLate(stream, message.delivery(), id, message.isReplayed());
    cameLate(stream, new Span(id, id), 1);
    announceGivenUp(stream);
    return true;
  }

  /** Gives up what is open above the cursor of a stream whose log went back. */
  private void giveUpAbove(Followed stream) {
    List<Span> overtaken = stream.open.remove(new Span(stream.cursor() + 1, Place.GREATEST));
    stream.open.doubt.clear();
    overtaken.forEach(span -> lose(stream, span, Loss.GONE));
  }

  /** Hands on a message that had been passed over, and is no longer open. */
  void takeLate(Followed stream, Delivery delivery, long id, boolean isReplayed) {
    cameLate++;
    sink.accept(
        new Event.Message(
            delivery,
            Optional.empty(),
            Optional.of(new Event.Fill(stream.stream, id)),
            isReplayed));
  }

  /** Tells that some late messages were handed on, between two sequence ids. */
  void cameLate(Followed stream, Span span, int count) {
    sink.accept(new Event.CameLate(stream.mark(), span, count));
  }

  /** Returns what was counted so far; {@code open} and {@code questions} are the owner's. */
  StreamCounters counters(long open, long questions) {
    return new StreamCounters(
        gaps,
        filled,
        lost,
        cameLate,
        open,
        duplicates,
        rolledBack,
        dropped,
        questions,
        heldMessages);
  }
}
