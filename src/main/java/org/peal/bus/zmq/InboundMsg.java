package org.peal.bus.zmq;

import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;
import zmq.Msg;
import zmq.io.Metadata;

/**
 * A frame that tells its {@link PeerTable} when it has been read as a whole.
 *
 * <p>JeroMQ has no hook for that, but it asks each frame for certain properties at certain places:
 * {@link #isCommand} when a frame is complete, and {@link #isIdentity} on the way into the pipe to
 * the loop. The first of these calls comes from the I/O thread before the loop can see the frame.
 */
final class InboundMsg extends Msg {
  private final PeerTable table;
  private final int epoch;
  private final boolean malformed;
  private boolean seen;

  /** Makes room for {@code size} bytes; a negative one means that the peer must go. */
  InboundMsg(PeerTable table, int size, int epoch) {
    super(Math.max(size, 0));
    this.table = table;
    this.epoch = epoch;
    this.malformed = size < 0;
  }

  /** Returns the next frame that has arrived, noted as taken; null if there is none. */
  static @Nullable Msg receive(ZMQ.Socket socket) {
    Msg frame = socket.base().recv(ZMQ.DONTWAIT);
    if (frame instanceof InboundMsg inbound) {
      inbound.taken();
    }
    return frame;
  }

  boolean isMalformed() {
    return malformed;
  }

  /** Returns in which count of {@link PeerTable} the frame's announcement is included. */
  int epoch() {
    return epoch;
  }

  /** Notes that the loop has taken the frame out of JeroMQ's pipe. */
  private void taken() {
    table.taken(size());
  }

  @Override
  public boolean isCommand() {
    boolean command = super.isCommand();
    if (command && !seen) {
      seen = true;
      table.command(this);
    }
    return command;
  }

  @Override
  public boolean isIdentity() {
    if (!seen) {
      seen = true;
      table.frame(this, peer());
    }
    return super.isIdentity();
  }

  /** Returns the peer's address, or an empty text where the protocol is older than ZMTP 3.0. */
  String address() {
    String address = peer();
    return address == null ? "" : address;
  }

  /** Returns the peer's address, or null where the protocol is older than ZMTP 3.0. */
  private @Nullable String peer() {
    Metadata metadata = getMetadata();
    return metadata == null ? null : metadata.get(Metadata.PEER_ADDRESS);
  }
}
