package org.peal.bus.zmq;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a socket, and what its frames have cost so far.
 *
 * <p>Confined to JeroMQ's I/O thread, except {@link #prefixes} and {@link #kick}.
 */
final class Peer {
  private final @Nullable SocketChannel channel;
  final long order;
  final Prefixes prefixes = new Prefixes();

  /** Whether a frame of ZMTP 3 has named it; older peers cannot be told apart. */
  boolean named;

  volatile boolean kicked;
  int chainFrames;
  long chainBytes;
  int inboundFrames;
  int hostileFrames;

  /** Makes a peer; without a channel it stands for all that cannot be told apart. */
  Peer(@Nullable SocketChannel channel, long order) {
    this.channel = channel;
    this.order = order;
  }

  /**
   * Ends the connection in a way that JeroMQ notices: a closed channel would just fall silent in
   * its selector, one that is shut down reads as end of stream and is cleaned up.
   */
  void kick() {
    kicked = true;
    if (channel == null) {
      return;
    }
    try {
      channel.shutdownInput();
      channel.shutdownOutput();
    } catch (IOException e) {
      // gone by itself
      kicked = true;
    }
  }
}
