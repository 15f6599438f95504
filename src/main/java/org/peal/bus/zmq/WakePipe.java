package org.peal.bus.zmq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Wakes a thread that waits at a selector. It does what {@link Selector#wakeup} does, which is not
 * used because it writes while it holds a lock that the woken thread needs first: on a machine with
 * few cores that one has taken the writer's, and must give it back before it can go on.
 *
 * <p>At most one byte is in the pipe, so that nothing blocks. It does not block either end, and so
 * is not closed when a thread that writes is interrupted.
 */
final class WakePipe implements AutoCloseable {

  private static final ByteBuffer BYTE = ByteBuffer.allocateDirect(1).asReadOnlyBuffer();

  private final Pipe.SourceChannel source;
  private final Pipe.SinkChannel sink;

  /** Whether there is a byte in the pipe, or will be at once. */
  private final AtomicBoolean isFull = new AtomicBoolean();

  private final ByteBuffer drained = ByteBuffer.allocateDirect(1);

  /** Makes it for a selector, which has a key without attachment for it. */
  WakePipe(Selector selector) throws IOException {
    Pipe pipe = Pipe.open();
    source = pipe.source();
    sink = pipe.sink();
    try {
      source.configureBlocking(false);
      sink.configureBlocking(false);
      source.register(selector, SelectionKey.OP_READ);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Wakes the thread, or lets its next wait end at once. For any thread; nothing after the end. */
  void wake() {
    if (isFull.get()) {
      return;
    }
    // A view of its own, since the last one may still be in use when its byte has been read.
    ByteBuffer view = BYTE.duplicate();
    if (!isFull.compareAndSet(false, true)) {
      return;
    }
    try {
      sink.write(view);
    } catch (ClosedChannelException e) {
      // Nobody waits any more.
    } catch (IOException e) {
      isFull.set(false);
      throw new UncheckedIOException("cannot wake the thread of the sockets", e);
    }
  }

  /**
   * Makes room for the next wake. For the woken thread, before it looks for what it was woken for.
   */
  void drain() throws IOException {
    drained.clear();
    if (source.read(drained) > 0) {
      isFull.set(false);
    }
  }

  @Override
  public void close() throws IOException {
    sink.close();
    source.close();
  }
}
