package org.peal.bus.zmq;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peal.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/**
 * The thread that owns every socket: it takes commands, polls, lets the ready ones work, and looks
 * after what is due. A failure of one agent is reported and the loop goes on; an {@link Error} ends
 * it and is given to the fatal handler.
 */
final class Loop {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int COMMANDS = 1024;

  private final ZMQ.Context context;
  private final Consumer<Throwable> fatal;
  private final Thread thread = Threads.daemon("peal-zmq", this::run);
  private final BlockingQueue<Runnable> commands = new ArrayBlockingQueue<>(COMMANDS);
  private final Wakeup wakeup = new Wakeup();
  private final List<Agent> agents = new ArrayList<>();
  private final List<Watch> watches = new ArrayList<>();
  private ZMQ.@Nullable Poller poller;
  private volatile boolean stopping;
  private volatile boolean ended;

  Loop(ZMQ.Context context, Consumer<Throwable> fatal) {
    this.context = context;
    this.fatal = fatal;
  }

  void start() {
    thread.start();
  }

  Thread thread() {
    return thread;
  }

  boolean isLoopThread() {
    return Thread.currentThread() == thread;
  }

  void wake() {
    if (!isLoopThread()) {
      wakeup.wake();
    }
  }

  /** Wakes the loop even if it is the caller, so that it takes another turn at once. */
  void wakeAlways() {
    wakeup.wake();
  }

  /** Runs {@code work} on the loop and waits for it; does nothing when the loop has ended. */
  void callUnlessEnded(Runnable work) {
    try {
      call(
          () -> {
            work.run();
            return true;
          });
    } catch (ZmqException e) {
      if (e.kind() != ZmqException.Kind.CLOSED) {
        throw e;
      }
    }
  }

  /** Runs {@code command} on the loop; throws when it is closed or has too much to do. */
  void execute(Runnable command) {
    if (isLoopThread()) {
      command.run();
      return;
    }
    if (ended || stopping) {
      throw closed();
    }
    if (!commands.offer(command)) {
      throw new ZmqException(
          ZmqException.Kind.BUSY, "transport has more than " + COMMANDS + " commands to do", null);
    }
    wakeup.wake();
    if (ended && commands.remove(command)) {
      throw closed();
    }
  }

  static ZmqException closed() {
    return new ZmqException(ZmqException.Kind.CLOSED, "transport is closed", null);
  }

  /** Ends the loop by command and waits for it, at most {@code limit}. */
  void stop(Duration limit) {
    stopping = true;
    wakeup.wake();
    if (isLoopThread()) {
      return;
    }
    boolean interrupted = false;
    long end = System.nanoTime() + limit.toNanos();
    while (thread.isAlive() && System.nanoTime() < end) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.warn("sockets were still not closed after {}; left behind", limit);
    }
  }

  void add(Agent agent) {
    agents.add(agent);
  }

  void remove(Agent agent) {
    agents.remove(agent);
  }

  /** Calls {@code ready} whenever {@code socket} can be read. Loop thread only. */
  Watch watch(ZMQ.Socket socket, Runnable ready) {
    return new Watch(socket, ready);
  }

  /**
   * A socket's place in the poller. Loop thread only.
   *
   * <p>It keeps the item, never its index: JeroMQ's poller closes the gap when a socket leaves, and
   * every later one gets another index.
   */
  final class Watch {
    private final ZMQ.Socket socket;
    private final Runnable ready;
    private ZMQ.@Nullable PollItem item;

    private Watch(ZMQ.Socket socket, Runnable ready) {
      this.socket = socket;
      this.ready = ready;
      resume();
    }

    void pause() {
      if (item != null) {
        poller().unregister(socket);
        item = null;
        watches.remove(this);
      }
    }

    void resume() {
      if (item == null) {
        item = new ZMQ.PollItem(socket, ZMQ.Poller.POLLIN);
        poller().register(item);
        watches.add(this);
      }
    }

    void close() {
      pause();
      socket.close();
    }

    private void workIfReady() {
      if (item != null && item.isReadable()) {
        ready.run();
      }
    }
  }

  private ZMQ.Poller poller() {
    if (poller == null) {
      poller = context.poller(32);
      poller.register(wakeup.channel(), ZMQ.Poller.POLLIN);
    }
    return poller;
  }

  private void run() {
    try {
      while (!stopping) {
        turn();
      }
    } catch (Throwable e) {
      fatal.accept(e);
    } finally {
      end();
    }
  }

  private void turn() throws IOException {
    poller().poll(timeoutMillis());
    wakeup.clear();
    for (Watch watch : List.copyOf(watches)) {
      guarded(watch::workIfReady);
    }
    Runnable command = commands.poll();
    while (command != null) {
      guarded(command);
      command = commands.poll();
    }
    long now = System.nanoTime();
    for (Agent agent : List.copyOf(agents)) {
      guarded(() -> agent.tick(now));
    }
  }

  private long timeoutMillis() {
    if (stopping) {
      return 0;
    }
    long now = System.nanoTime();
    long wait = IDLE_NANOS;
    for (Agent agent : agents) {
      wait = Math.min(wait, agent.deadline(now) - now);
    }
    return wait <= 0 ? 0 : (wait + 999_999) / 1_000_000;
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.warn("a socket failed; the others go on", e);
    }
  }

  private void end() {
    ended = true;
    drainCommands();
    for (Agent agent : List.copyOf(agents)) {
      guarded(agent::shutdown);
    }
    if (poller != null) {
      poller.close();
    }
    guarded(context::term);
    try {
      wakeup.close();
    } catch (IOException e) {
      LOG.debug("closing the wake-up pipe failed", e);
    }
  }

  /** Runs what came in too late: on a loop that has ended most only report that. */
  private void drainCommands() {
    Queue<Runnable> late = new ArrayDeque<>();
    commands.drainTo(late);
    late.forEach(this::guarded);
  }

  /** Runs {@code work} on the loop and waits for its result. */
  <T> T call(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    execute(
        () -> {
          try {
            if (ended) {
              throw closed();
            }
            result.complete(work.get());
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return Futures.join(result);
  }
}
