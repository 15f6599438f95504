package org.peal.bus.amqp;

/**
 * Who gets the messages of a queue.
 *
 * <p>A consumer calls it on one thread for each queue, one message after the other in the order of
 * the queue; it may take its time, for nothing else waits for it but the queue. It may return
 * before the message is settled, up to {@code amqp.qos.prefetch-count} of them; then the broker
 * sends no more until some are.
 */
public interface AmqpHandler {

  /**
   * Takes a message that keeps the rules. It, or somebody later on any thread, must settle the
   * delivery once what became of the message is safe; what is not settled comes again, with {@link
   * AmqpDelivery#isRedelivered}, when the connection is lost or the process ends.
   *
   * <p>An exception gives the message back to the queue after a pause, longer each time in a row up
   * to {@code amqp.reconnect-most}, and is logged.
   */
  void handle(AmqpDelivery delivery);

  /**
   * Is told of something that breaks the rules; the consumer itself rejects it afterwards, so that
   * it goes where the queue's dead letters go, or is gone. Does nothing by default.
   */
  default void invalid(Received.Invalid message) {}

  /**
   * Is told that messages of all queues come now: at first, and again after a loss. Called by
   * another thread than the rest, and must return soon. Does nothing by default.
   */
  default void consuming() {}
}
