package org.peal.stream;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.peal.store.ReplayQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts questions to logs, and knows for how long to do so in vain. Used under the lock of its
 * owner.
 */
final class Asking {

  private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
  private static final double JITTER = 0.2;

  private final Order.Surroundings around;
  private final StreamsConfig config;
  private long questions;

  Asking(Order.Surroundings around, StreamsConfig config) {
    this.around = around;
    this.config = config;
  }

  long now() {
    return around.clock().getAsLong();
  }

  /** Returns how many questions were put. */
  long questions() {
    return questions;
  }

  /** Asks a log; the outcome is taken on the worker, without the lock. */
  void ask(String publisher, ReplayQuery query, long after, Consumer<ReplayOutcome> taker) {
    questions++;
    around
        .replay()
        .fetch(publisher, query, after)
        .thenAccept(outcome -> later(() -> taker.accept(outcome)));
  }

  private void later(Runnable work) {
    try {
      around.worker().execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("an answer came too late", e);
    }
  }

  /** Notes an answer that did not help; asking again at once would not either. */
  boolean giveUp(Question question) {
    question.failed(now(), around.random());
    return question.failingFor(now()) >= config.patience().toNanos();
  }

  /** Lets a question wait for its first pause before it is put at all. */
  void pause(Question question) {
    question.refused(now(), around.random());
  }

  /** Notes an outcome that was of no use, where nobody waits for one. */
  void postpone(Question question, ReplayOutcome outcome) {
    if (outcome instanceof ReplayOutcome.Refused) {
      question.refused(now(), around.random());
    } else {
      question.failed(now(), around.random());
    }
  }

  /** Notes that there was no answer and tells whether it is time to go on without one. */
  boolean failed(Question question, String publisher, ReplayOutcome outcome) {
    if (outcome instanceof ReplayOutcome.Refused refused
        && refused.why() != ReplayOutcome.Why.BAD_QUERY) {
      question.refused(now(), around.random());
      return isUnknown(outcome);
    }
    if (!question.isFailing()) {
      LOG.warn("the log of {} does not answer, asking again: {}", publisher, outcome);
    }
    return giveUp(question);
  }

  static boolean isUnknown(ReplayOutcome outcome) {
    return outcome instanceof ReplayOutcome.Refused refused
        && refused.why() == ReplayOutcome.Why.UNKNOWN_PUBLISHER;
  }

  /** Returns after how many nanoseconds a publisher is quiet, jittered by a part from 0 to 1. */
  long quietAfter(double part) {
    return (long) (config.quietAfter().toNanos() * (1 + JITTER * part));
  }

  /** Returns the same, jittered at random. */
  long quietAfter() {
    return quietAfter(around.random().nextDouble());
  }
}
