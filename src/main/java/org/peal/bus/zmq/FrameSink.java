package org.peal.bus.zmq;

import org.peal.bus.RawMessage;

/** Takes the messages of a subscription. Called by the loop thread only; must not block. */
@FunctionalInterface
public interface FrameSink {

  /**
   * Takes one message, or refuses it because there is no room now.
   *
   * <p>After a refusal nothing is read from that socket, so that TCP holds the peer back; the same
   * message is offered again after {@link Subscription#resume()}.
   *
   * @return whether the message was taken
   */
  boolean accept(RawMessage message);
}
