package org.peal.handler;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.peal.store.DeadLetter;
import org.peal.store.HandledMessage;
import org.peal.store.Transaction;

/**
 * What one call of a handler leads to in the store: all of it in one transaction. Immutable.
 *
 * @param taken what was handed over
 * @param message the message, as {@link MessageJson} writes it
 * @param outcome what the handler answered
 * @param context what it did besides
 * @param pause how long to wait before the next attempt, if there is one
 * @param now when the handler answered
 */
record Settlement(
    HandlerTerms terms,
    MessageKeys keys,
    Claim.Taken taken,
    String message,
    Outcome outcome,
    CallContext context,
    Duration pause,
    Instant now) {

  void write(Transaction t) {
    switch (outcome.kind()) {
      case DONE -> {
        end(t, Outcomes.word(outcome.kind()));
        keys.own()
            .ifPresent(
                own ->
                    t.outcomes()
                        .record(
                            new HandledMessage(
                                own,
                                Outcomes.word(outcome.kind()),
                                keys.message().id().value(),
                                List.of(),
                                now)));
      }
      case IGNORED -> end(t, Outcomes.IGNORED);
      case RETRY -> retry(t, (Outcome.Retry) outcome);
      case WAIT -> hold(t, (Outcome.Wait) outcome);
      case DROP -> {
        t.journal().delete(taken.entry());
        dead(t, DeadLetter.Kind.DROPPED, outcome.why());
        context.write(t);
      }
      case HALT -> halt(t, (Outcome.Halt) outcome);
    }
  }

  private void end(Transaction t, String word) {
    t.journal().delete(taken.entry());
    t.outcomes()
        .record(new HandledMessage(keys.message(), word, outcome.why(), context.lines(), now));
    context.write(t);
  }

  private void retry(Transaction t, Outcome.Retry retry) {
    Optional<String> limit = terms.retry().limit(taken.attempt(), taken.since(), now);
    if (limit.isPresent()) {
      giveUp(t, limit.get());
      return;
    }
    Duration wait = pause.compareTo(retry.after()) > 0 ? pause : retry.after();
    t.journal().postpone(taken.entry(), now.plus(wait), retry.why(), context.lines());
  }

  private void hold(Transaction t, Outcome.Wait wait) {
    Instant due = now.plus(terms.retry().within(wait.after()));
    t.journal().hold(taken.entry(), now, due, wait.why(), context.lines());
  }

  private void giveUp(Transaction t, String limit) {
    t.journal().delete(taken.entry());
    dead(t, DeadLetter.Kind.FAILED, limit + "; the last time: " + outcome.why());
    context.writeDecision(t);
  }

  private void dead(Transaction t, DeadLetter.Kind kind, String reason) {
    new DeadMessage(kind, message, taken.attempt(), reason)
        .write(t, keys.message(), context.lines(), now);
  }

  private void halt(Transaction t, Outcome.Halt halt) {
    if (halt.requeue()) {
      t.journal().postpone(taken.entry(), now, halt.why(), context.lines());
    } else {
      end(t, Outcomes.HALTED);
    }
  }
}
