package org.peal.bus.amqp;

import org.peal.schema.MessageSchema;

/**
 * A message out of a queue, with the means to settle it. Thread-safe; it is settled at most once,
 * and what comes after the first time does nothing.
 */
public interface AmqpDelivery {

  /** Returns the message. */
  AmqpMessage message();

  /** Returns its kind. */
  MessageSchema schema();

  /** Returns the queue's name, also of one that the broker named. */
  String queue();

  /** Returns the exchange that it came through. */
  String exchange();

  /** Tells whether it was handed over before, to this consumer or another one. */
  boolean isRedelivered();

  /**
   * Takes it out of the queue.
   *
   * @return whether the broker was told; if not, because the channel is gone, the message comes
   *     again
   */
  boolean ack();

  /** Gives it back to the queue, to come again at once. Otherwise as {@link #ack}. */
  boolean requeue();

  /**
   * Takes it out of the queue as refused: it goes where the queue's dead letters go, or is gone.
   * Otherwise as {@link #ack}.
   */
  boolean reject();
}
