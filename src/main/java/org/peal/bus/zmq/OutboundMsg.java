package org.peal.bus.zmq;

import zmq.Msg;

/**
 * The last frame of a message, which notes in its {@link Outflow} when it enters and leaves a pipe.
 *
 * <p>JeroMQ asks a frame {@link #isIdentity} when it writes it to a pipe and {@link #isCredential}
 * when it reads it from one. A frame that says yes to the latter is swallowed there: such a probe
 * never reaches the wire, but shows how far the I/O thread has come.
 */
final class OutboundMsg extends Msg {
  private final Outflow outflow;
  private final boolean probe;

  private OutboundMsg(byte[] data, Outflow outflow, boolean probe) {
    super(data);
    this.outflow = outflow;
    this.probe = probe;
  }

  static OutboundMsg payload(byte[] data, Outflow outflow) {
    return new OutboundMsg(data, outflow, false);
  }

  static OutboundMsg probe(byte[] topic, Outflow outflow) {
    return new OutboundMsg(topic, outflow, true);
  }

  @Override
  public boolean isIdentity() {
    if (probe) {
      outflow.probeWritten();
    } else {
      outflow.written();
    }
    return false;
  }

  @Override
  public boolean isCredential() {
    if (probe) {
      outflow.probeTaken();
    } else {
      outflow.taken(size());
    }
    return probe;
  }
}
