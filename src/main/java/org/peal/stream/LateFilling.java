package org.peal.stream;

import java.util.Optional;
import org.peal.bus.Delivery;
import org.peal.store.ReplayQuery;

/**
 * Goes on asking for what was passed over because no log answered: what comes is handed on late,
 * what the log says twice that it has not is lost for certain. Used under the lock of its owner.
 */
final class LateFilling {

  /** Whose streams these are. */
  interface Owner {

    /** Runs something under the owner's lock. */
    void locked(Runnable work);

    /** Reads where a message stands. */
    Optional<Numbered> read(Delivery delivery);

    /** Takes a message of the log that belongs elsewhere, or was refused. */
    void takeOther(Delivery delivery);
  }

  private final Asking asking;
  private final Sequencer sequencer;
  private final Owner owner;

  LateFilling(Asking asking, Sequencer sequencer, Owner owner) {
    this.asking = asking;
    this.sequencer = sequencer;
    this.owner = owner;
  }

  /** Asks for the next open gap of a stream whose log can be asked, if it is time to. */
  void pump(Followed stream) {
    if (stream.open.isEmpty() || !stream.open.question.mayAsk(asking.now())) {
      return;
    }
    Span asked = stream.open.next();
    stream.open.question.asked();
    asking.ask(
        stream.publisher,
        new ReplayQuery.Range(asked.first(), asked.last()),
        asked.first() - 1,
        outcome -> owner.locked(() -> answered(stream, asked, outcome)));
  }

  private void answered(Followed stream, Span asked, ReplayOutcome outcome) {
    OpenSpans open = stream.open;
    if (!(outcome instanceof ReplayOutcome.Answered answer)) {
      asking.postpone(open.question, outcome);
      return;
    }
    long before = open.size();
    take(stream, asked, answer.page());
    if (open.size() < before || open.doubt.isNew()) {
      open.question.answered();
      pump(stream);
    } else {
      open.turnFrom(asked);
      asking.postpone(open.question, outcome);
    }
  }

  private void take(Followed stream, Span asked, ReplayPage page) {
    Loss reason = page.refused().isEmpty() ? Loss.GONE : Loss.NOT_VERIFIED;
    stream.open.doubt.begin(page.refused());
    page.refused().forEach(owner::takeOther);
    Run run = new Run(stream);
    for (Replayed replayed : page.messages()) {
      run.take(replayed.delivery(), asked);
    }
    run.end();
    sequencer.announceGivenUp(stream);
    long until = page.answeredUpTo(asked);
    if (until >= asked.first()) {
      giveUp(stream, new Span(asked.first(), until), reason);
    }
  }

  private void giveUp(Followed stream, Span answered, Loss reason) {
    for (Span missing : stream.open.within(answered)) {
      long sure = stream.open.doubt.confirmed(missing);
      if (sure >= missing.first()) {
        Span lost = new Span(missing.first(), sure);
        stream.open.remove(lost);
        sequencer.lose(stream, lost, reason);
      }
    }
  }

  /** What one answer brings late. */
  private final class Run {
    private final Followed stream;
    private long first = -1;
    private long last = -1;
    private int count;

    private Run(Followed stream) {
      this.stream = stream;
    }

    private void take(Delivery delivery, Span asked) {
      Optional<Numbered> numbered =
          owner.read(delivery).filter(said -> said.stream().equals(stream.stream));
      if (numbered.isEmpty()) {
        owner.takeOther(delivery);
        return;
      }
      long id = numbered.get().place().sequenceId();
      if (asked.contains(id) && !stream.open.remove(new Span(id, id)).isEmpty()) {
        first = count == 0 ? id : first;
        last = id;
        count++;
        sequencer.takeLate(stream, delivery, id, true);
      }
    }

    private void end() {
      if (count > 0) {
        sequencer.cameLate(stream, new Span(first, last), count);
      }
    }
  }
}
