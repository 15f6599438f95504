package org.peal.bus.zmq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/** Wakes the loop from other threads; a burst of calls costs one byte in a pipe. */
final class Wakeup implements AutoCloseable {
  private final Pipe pipe;
  private final AtomicBoolean pending = new AtomicBoolean();

  Wakeup() {
    try {
      pipe = Pipe.open();
      pipe.source().configureBlocking(false);
      pipe.sink().configureBlocking(false);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a pipe to wake the loop", e);
    }
  }

  SelectableChannel channel() {
    return pipe.source();
  }

  void wake() {
    if (pending.compareAndSet(false, true)) {
      try {
        pipe.sink().write(ByteBuffer.wrap(new byte[1]));
      } catch (IOException e) {
        // closed: the loop has ended and nobody is left to wake
        pending.set(true);
      }
    }
  }

  /** Takes the signal; to be called before looking at what it announced. */
  void clear() throws IOException {
    // Who is about to write its byte is waited for: without pending nobody would ever take it out.
    if (pending.get() && pipe.source().read(ByteBuffer.allocate(16)) != 0) {
      pending.set(false);
    }
  }

  @Override
  public void close() throws IOException {
    pipe.sink().close();
    pipe.source().close();
  }
}
