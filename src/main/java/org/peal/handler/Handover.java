package org.peal.handler;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Bus;
import org.peal.store.StateStore;
import org.peal.stream.Rows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a handler with one message after the other, and makes of each answer what is to be
 * committed. One thread at a time hands over; all else is for any thread.
 */
final class Handover {

  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  private final StateStore store;
  private final HandlerTerms terms;
  private final Handler handler;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Runnable published;
  private final Runnable halting;
  private final HandlerTally tally;
  private final HandlerThread thread;
  private volatile Outcome.@Nullable Halt halted;
  private volatile boolean isOver;

  /**
   * Makes it.
   *
   * @param published run when there is something new in the outbox
   * @param halting run when the handler has halted
   */
  Handover(
      StateStore store,
      HandlerTerms terms,
      Handler handler,
      InstantSource clock,
      RandomGenerator random,
      HandlerTally tally,
      Runnable published,
      Runnable halting) {
    this.store = store;
    this.terms = terms;
    this.handler = handler;
    this.clock = clock;
    this.random = random;
    this.tally = tally;
    this.published = published;
    this.halting = halting;
    this.thread = new HandlerThread(terms.name(), terms.deadline(), clock);
  }

  /** Returns whether nothing is handed over any more. */
  boolean isOver() {
    return isOver;
  }

  /**
   * Hands a message over and gives the recorder what comes of it.
   *
   * @return false if there was no answer, because this is over; the recorder was then not called
   */
  boolean hand(Claim.Taken taken, MessageKeys keys, Message message, Recorder recorder) {
    CallContext context = context(taken, keys, message);
    if (taken.isConflict()) {
      tally.conflict();
      LOG.warn(
          "handler {}: message id {} used again with other content or by another signer, both are"
              + " handled",
          terms.name(),
          message.id());
      context.explain("the id was used before, with other content or by another signer");
    }
    Optional<Outcome> answer =
        isOver ? Optional.empty() : thread.call(() -> handler.handle(message, context));
    context.end();
    answer.ifPresent(outcome -> settle(outcome, taken, keys, message, context, recorder));
    return answer.isPresent();
  }

  private CallContext context(Claim.Taken taken, MessageKeys keys, Message message) {
    CallContext.Call call =
        new CallContext.Call(
            keys.message(),
            message.bus(),
            message.sentAt().orElse(taken.since()),
            taken.attempt(),
            taken.isRedelivered());
    return new CallContext(terms, call, store, clock);
  }

  private void settle(
      Outcome outcome,
      Claim.Taken taken,
      MessageKeys keys,
      Message message,
      CallContext context,
      Recorder recorder) {
    Duration pause = terms.retry().pauseAfter(taken.attempt(), random);
    Settlement settlement =
        new Settlement(
            terms,
            keys,
            taken,
            MessageJson.write(message),
            outcome,
            context,
            pause,
            clock.instant());
    recorder.record(settlement::write, Optional.of(outcome));
    tally.outcome(outcome.kind(), clock.instant());
    if (context.published() > 0) {
      // Work is committed in order, so what was recorded is there when this is.
      store.write(t -> true).thenRun(published);
    }
    log(outcome, message);
  }

  private void log(Outcome outcome, Message message) {
    switch (outcome.kind()) {
      case DONE, IGNORED, RETRY, WAIT, DROP ->
          LOG.debug("handler {}: {} {}", terms.name(), message.id(), outcome);
      case HALT -> {
        LOG.error("handler {} halts at {}: {}", terms.name(), message.id(), outcome.why());
        halted = (Outcome.Halt) outcome;
        isOver = true;
        halting.run();
      }
    }
  }

  /**
   * Tells the handler that messages are lost.
   *
   * @return what it does about that
   */
  Rows lost(LostMessages lost) {
    CallContext.Call call =
        new CallContext.Call(
            MessageKeys.of(terms.name(), lost), Bus.ZMQ, clock.instant(), 1, false);
    CallContext context = new CallContext(terms, call, store, clock);
    Optional<Outcome> answer = isOver ? Optional.empty() : thread.call(() -> lost(lost, context));
    context.end();
    boolean isDone = answer.filter(Outcome.Done.class::isInstance).isPresent();
    if (!isDone) {
      LOG.warn("handler {} did not take in a loss: {}", terms.name(), answer);
    }
    return isDone ? context::write : Rows.NONE;
  }

  private Outcome lost(LostMessages lost, HandlerContext context) throws Exception {
    handler.lost(lost, context);
    return new Outcome.Done();
  }

  /** Returns how the handler fares. */
  HandlerStatus status() {
    return new HandlerStatus(
        terms.name(),
        tally.counts(),
        tally.last(),
        thread.stuckSince(),
        thread.thrown(),
        Optional.ofNullable(halted));
  }

  /** Hands over nothing more from now on; what is in hand goes on. */
  void stop() {
    isOver = true;
  }

  /**
   * Ends the handler's thread.
   *
   * @return whether the handler is not in use any more
   */
  boolean end() {
    return thread.end();
  }
}
