package org.peal.bus.amqp;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of the messages of a queue. Thread-safe. */
final class QueueTally {

  private long received;
  private long invalid;
  private long acked;
  private long requeued;
  private long rejected;
  private long cancelled;
  private int open;
  private QueueConsumer.@Nullable Subscription lost;
  private @Nullable Instant last;

  synchronized void received() {
    received++;
    open++;
    last = Instant.now();
  }

  synchronized void invalid() {
    invalid++;
  }

  synchronized void settled(QueueConsumer.Subscription subscription, Settlement.How how) {
    switch (how) {
      case ACK -> acked++;
      case REQUEUE -> requeued++;
      case REJECT -> rejected++;
    }
    if (subscription != lost) {
      open = Math.max(0, open - 1);
    }
  }

  /** Forgets what was open on a channel that is gone: all of it comes again. */
  synchronized void lost(QueueConsumer.Subscription subscription) {
    lost = subscription;
    open = 0;
  }

  synchronized void cancelled() {
    cancelled++;
  }

  synchronized QueueStatus status(String queue, boolean consuming, Optional<AmqpProblem> problem) {
    return new QueueStatus(
        queue,
        consuming,
        problem,
        received,
        invalid,
        acked,
        requeued,
        rejected,
        cancelled,
        open,
        Optional.ofNullable(last));
  }
}
