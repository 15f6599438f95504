package org.peal.bus.zmq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.zeromq.ZMQ;

/**
 * The sockets that the loop reads, and the selector on which it waits for them. For the loop thread
 * only, but for {@link #wake}.
 *
 * <p>JeroMQ's own poller looks at every socket in each turn; here a turn costs by those that have
 * something. A socket's channel can be read as long as there are commands for it, and whatever is
 * done with a socket may carry these out, so that the channel says nothing of the messages that
 * they brought. Therefore a socket that is only read is looked at when its channel says so, and
 * then until it has nothing more; one that is used otherwise as well, in each turn, or whenever its
 * watch is told of it.
 */
final class Watches implements AutoCloseable {

  private final Selector selector;
  private final WakePipe wakePipe;

  /** Those that are looked at in each turn. */
  private final Set<Watch> restless = new LinkedHashSet<>();

  /** Of the others, those that may have something. */
  private final Set<Watch> due = new LinkedHashSet<>();

  /** Whether a channel could be read, and whether a socket then had something. */
  private boolean isSignalled;

  private boolean isFruitful;

  /** Makes it for no socket yet. */
  Watches() {
    try {
      selector = Selector.open();
      wakePipe = wakePipe(selector);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot wait for sockets", e);
    }
  }

  private static WakePipe wakePipe(Selector selector) throws IOException {
    try {
      return new WakePipe(selector);
    } catch (IOException e) {
      selector.close();
      throw e;
    }
  }

  /**
   * Watches a socket.
   *
   * @param isOnlyRead whether nothing but {@code ready} uses it once it is set up, or the watch is
   *     told of it
   * @param ready run whenever it can be read
   */
  Watch add(ZMQ.Socket socket, boolean isOnlyRead, Runnable ready) {
    return new Watch(socket, isOnlyRead, ready);
  }

  /** One socket that is watched. */
  final class Watch {
    private final ZMQ.Socket socket;
    private final Runnable ready;
    private final SelectionKey key;
    private final Set<Watch> home;
    private boolean isPaused;

    private Watch(ZMQ.Socket socket, boolean isOnlyRead, Runnable ready) {
      this.socket = socket;
      this.ready = ready;
      this.home = isOnlyRead ? due : restless;
      try {
        this.key = socket.getFD().register(selector, SelectionKey.OP_READ, this);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot wait for a socket", e);
      }
      home.add(this);
    }

    void pause() {
      isPaused = true;
      home.remove(this);
      key.interestOps(0);
    }

    void resume() {
      isPaused = false;
      home.add(this);
      key.interestOps(SelectionKey.OP_READ);
    }

    void close() {
      isPaused = true;
      home.remove(this);
      key.cancel();
      socket.close();
    }

    /** Has the socket looked at in the next turn: it can be read, or was used otherwise. */
    void look() {
      if (!isPaused) {
        home.add(this);
      }
    }

    private boolean isReadable() {
      return (socket.getEvents() & ZMQ.Poller.POLLIN) != 0;
    }

    private void work() {
      if (!isPaused && isReadable()) {
        isFruitful = true;
        ready.run();
      }
      if (!isPaused && home == due && !isReadable()) {
        due.remove(this);
      }
    }
  }

  /** Waits until a socket can be read, the loop is woken, or the time is over. */
  void await(long millis) throws IOException {
    boolean isWork = !due.isEmpty() || restless.stream().anyMatch(Watch::isReadable);
    if (isWork || millis <= 0) {
      selector.selectNow();
    } else {
      selector.select(millis);
    }
    isSignalled = false;
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.attachment() instanceof Watch watch) {
        isSignalled = true;
        watch.look();
      } else {
        wakePipe.drain();
      }
    }
    selector.selectedKeys().clear();
  }

  /** Ends {@link #await}, also one that is yet to come. For any thread, even an interrupted one. */
  void wake() {
    wakePipe.wake();
  }

  /** Lets the sockets work that can be read, each within {@code guard}. */
  void work(Consumer<Runnable> guard) {
    isFruitful = false;
    for (Watch watch : List.copyOf(restless)) {
      guard.accept(watch::work);
    }
    for (Watch watch : List.copyOf(due)) {
      guard.accept(watch::work);
    }
    if (isSignalled && !isFruitful) {
      yieldToSignaller();
    }
  }

  /**
   * JeroMQ writes to the channel before it counts that, and does not read what is not counted. Its
   * thread may be waiting for this very core in between, and we would turn until it gets it.
   */
  @SuppressWarnings("ThreadPriorityCheck") // a hint: without effect it only takes longer
  private static void yieldToSignaller() {
    Thread.yield();
  }

  @Override
  public void close() {
    try (selector) {
      wakePipe.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the selector of sockets", e);
    }
  }
}
