package org.peal.stream;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.peal.bus.Delivery;

/**
 * Fills what is missing before the next message of a stream from the pages of its own log, and
 * passes over what that has not. Used under the lock of its owner.
 */
final class GapFilling {

  /** How far behind a message that was found in the log of an old server more are looked for. */
  private static final int STRIDE = 64;

  /** Messages of a page that the sink learns of at once. */
  private static final int SHARE = 128;

  /** What is done with what a page brings beside its own stream. */
  interface Owner {

    /**
     * Asks for what is missing or, to probe, for one message that every kind of server can give.
     */
    void ask(Followed stream, Span asked, boolean isProbe);

    /** Takes a message of another stream, or of none. */
    void takeOther(Delivery delivery, Optional<Numbered> numbered);

    /** Learns of the log that is under a name now: a new one is asked for all that it has. */
    void meet(String newStream, String publisher);
  }

  private final Asking asking;
  private final Sequencer sequencer;
  private final Numbering numbering;
  private final EventSink sink;
  private final Owner owner;

  GapFilling(Asking asking, Sequencer sequencer, Numbering numbering, EventSink sink, Owner owner) {
    this.asking = asking;
    this.sequencer = sequencer;
    this.numbering = numbering;
    this.sink = sink;
    this.owner = owner;
  }

  /**
   * Takes a page.
   *
   * @param asked what its log was asked for
   * @param isProbe whether that was one message that every kind of server can give
   */
  void use(Followed stream, Span asked, boolean isProbe, ReplayPage page) {
    stream.question.closed();
    long before = stream.cursor();
    boolean isAhead = askAhead(stream, asked, isProbe, page);
    take(stream, asked, page);
    boolean isMoved = stream.cursor() > before;
    boolean isDone = stream.missingUpTo() <= stream.cursor();
    if (isMoved || isProbe || isDone || stream.doubt.isNew()) {
      stream.question.answered();
    } else if (asking.giveUp(stream.question)) {
      sequencer.passOver(stream, Math.min(asked.last(), stream.target), Loss.UNANSWERED);
    }
    lookAhead(stream, asked, page, isProbe, isMoved);
    if (isAhead) {
      stream.question.asked();
    }
  }

  /** Asks for what follows a page, so that it comes and is verified while this one is handled. */
  private boolean askAhead(Followed stream, Span asked, boolean isProbe, ReplayPage page) {
    boolean isDue = asked.first() == stream.cursor() + 1 && page.until() < asked.last();
    if (isProbe || !isDue || !page.isWholePartFrom(asked.first())) {
      return false;
    }
    owner.ask(stream, new Span(page.until() + 1, asked.last()), false);
    return true;
  }

  private void take(Followed stream, Span asked, ReplayPage page) {
    Loss reason = page.refused().isEmpty() ? Loss.GONE : Loss.NOT_VERIFIED;
    stream.doubt.begin(page.refused());
    page.refused().forEach(d -> sink.accept(new Event.Message(d, Optional.empty(), true)));
    inShares(
        page.messages(),
        delivery -> take(delivery, numbering.read(delivery), stream, asked, reason));
    if (stream.isFirm(asked.last())) {
      passOver(stream, asked, page.answeredUpTo(asked), reason);
    }
  }

  /** Takes a page in parts, of which the sink knows beforehand. */
  void inShares(List<Replayed> messages, Consumer<Delivery> taker) {
    for (int i = 0; i < messages.size(); i += SHARE) {
      List<Delivery> share =
          messages.subList(i, Math.min(messages.size(), i + SHARE)).stream()
              .map(Replayed::delivery)
              .toList();
      sink.expect(share);
      share.forEach(taker);
    }
    sink.expect(List.of());
  }

  private void take(
      Delivery delivery, Optional<Numbered> numbered, Followed stream, Span asked, Loss reason) {
    if (numbered.filter(n -> n.stream().equals(stream.stream)).isEmpty()) {
      owner.takeOther(delivery, numbered);
      return;
    }
    Place place = numbered.get().place();
    sequencer.offer(stream, new Holding.Held(place, delivery, true));
    passOver(stream, asked, place.sequenceId() - 1, reason);
    sequencer.releaseWhatIsDue(stream);
  }

  /**
   * Passes over what a log was asked for in vain and more than once, unless the stream went back
   * meanwhile.
   */
  private void passOver(Followed stream, Span asked, long last, Loss reason) {
    sequencer.releaseWhatIsDue(stream);
    while (stream.cursor() >= asked.first() - 1 && stream.cursor() < last) {
      long end = stream.held.isEmpty() ? last : Math.min(last, stream.held.first() - 1);
      long sure = stream.doubt.confirmed(new Span(stream.cursor() + 1, end));
      if (sure <= stream.cursor()) {
        return;
      }
      sequencer.passOver(stream, sure, reason);
      sequencer.releaseWhatIsDue(stream);
    }
  }

  /** Notes whether the log has more behind what was asked for, or less than was thought. */
  private void lookAhead(
      Followed stream, Span asked, ReplayPage page, boolean isProbe, boolean isMoved) {
    if (page.log().isEmpty()) {
      boolean mayHaveMore = isMoved && !stream.isFirm(asked.last());
      stream.hint = mayHaveMore ? stream.cursor() + STRIDE : -1;
      return;
    }
    LogState log = page.log().get();
    if (!log.stream().value().equals(stream.stream)) {
      stream.hint = -1;
      owner.meet(log.stream().value(), stream.publisher);
      return;
    }
    stream.known = Math.max(stream.known, log.last());
    if (isProbe) {
      stream.hint = log.last();
    } else if (!isMoved) {
      stream.hint = -1;
    }
    if (page.complete()) {
      endOfLog(stream, asked, log.last());
    }
  }

  /**
   * Hands on a message that its own publisher's log does not know: the log went back since, or
   * somebody else made the message. It came before the answer, so the log would have it.
   */
  private void endOfLog(Followed stream, Span asked, long last) {
    if (last > asked.last()) {
      return;
    }
    if (stream.held.isEmpty()) {
      stream.target = Math.min(stream.target, Math.max(last, stream.cursor()));
    } else if (stream.held.first() > last
        && stream.held.first() == asked.last() + 1
        && stream.doubt.isEndConfirmed(last)) {
      sequencer.handOnOdd(stream, last);
    }
    if (last > 0 && last < stream.cursor() && asked.first() != last) {
      // It went back; its last message, which is signed, proves it.
      owner.ask(stream, new Span(last, last), true);
    }
  }
}
