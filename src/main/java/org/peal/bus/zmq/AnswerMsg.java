package org.peal.bus.zmq;

import zmq.Msg;

/**
 * A frame of an answer, which tells its {@link Asker} when it leaves the pipe: JeroMQ asks a frame
 * {@link #isCredential} then.
 */
final class AnswerMsg extends Msg {
  private final Asker asker;
  private boolean taken;

  AnswerMsg(byte[] data, Asker asker) {
    super(data);
    this.asker = asker;
  }

  @Override
  public boolean isCredential() {
    if (!taken) {
      taken = true;
      asker.taken(size());
    }
    return false;
  }
}
