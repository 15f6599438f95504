package org.peal.bus.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells the broker what became of one message, once. Thread-safe. */
final class Settlement {

  /** What the broker is told. */
  enum How {
    ACK,
    REQUEUE,
    REJECT
  }

  private final QueueConsumer.Subscription subscription;
  private final long tag;
  private final QueueTally tally;
  private final AtomicBoolean isDone = new AtomicBoolean();

  Settlement(QueueConsumer.Subscription subscription, long tag, QueueTally tally) {
    this.subscription = subscription;
    this.tag = tag;
    this.tally = tally;
  }

  /** Returns whether the broker was told; not the second time, nor when the channel is gone. */
  boolean settle(How how) {
    if (!isDone.compareAndSet(false, true)) {
      return false;
    }
    Channel channel = subscription.getChannel();
    try {
      switch (how) {
        case ACK -> channel.basicAck(tag, false);
        case REQUEUE -> channel.basicReject(tag, true);
        case REJECT -> channel.basicReject(tag, false);
      }
    } catch (IOException | ShutdownSignalException e) {
      return false; // its message comes again
    }
    tally.settled(subscription, how);
    return true;
  }
}
