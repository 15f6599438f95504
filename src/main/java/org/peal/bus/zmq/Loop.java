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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
  private final List<Agent> agents = new ArrayList<>();
  private final List<Agent> quietAgents = new ArrayList<>();
  private final Watches watches = new Watches();

  /** Whether anything happened that agents may have to do with. */
  private final AtomicBoolean news = new AtomicBoolean();

  /** When the first of the quiet agents has something to do. */
  private long quietUntil = System.nanoTime();

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
      watches.wake();
    }
  }

  /** Wakes the loop even if it is the caller, so that all agents have a turn at once. */
  void wakeAlways() {
    news.set(true);
    watches.wake();
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
    watches.wake();
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
    watches.wake();
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
    (agent.isQuiet() ? quietAgents : agents).add(agent);
    quietUntil = System.nanoTime();
  }

  void remove(Agent agent) {
    (agent.isQuiet() ? quietAgents : agents).remove(agent);
  }

  /** Calls {@code ready} whenever {@code socket} can be read. Loop thread only. */
  Watches.Watch watch(ZMQ.Socket socket, Runnable ready) {
    return watches.add(socket, false, ready);
  }

  /**
   * Does the same for a socket that nothing else uses once it is set up, or that tells its watch of
   * it. Loop thread only.
   */
  Watches.Watch watchReader(ZMQ.Socket socket, Runnable ready) {
    return watches.add(socket, true, ready);
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
    watches.await(timeoutMillis());
    watches.work(this::guarded);
    boolean isCommanded = runCommands();
    tick(news.getAndSet(false) || isCommanded);
  }

  private boolean runCommands() {
    Runnable command = commands.poll();
    boolean isAny = command != null;
    while (command != null) {
      guarded(command);
      command = commands.poll();
    }
    return isAny;
  }

  /** There may be a thousand quiet agents, so they have their turn only when there is a reason. */
  private void tick(boolean isNews) {
    long now = System.nanoTime();
    tick(agents, now);
    if (isNews || now - quietUntil >= 0) {
      tick(quietAgents, now);
      quietUntil = deadline(quietAgents, now);
    }
  }

  private void tick(List<Agent> some, long now) {
    for (Agent agent : List.copyOf(some)) {
      guarded(() -> agent.tick(now));
    }
  }

  private long timeoutMillis() {
    if (stopping) {
      return 0;
    }
    long now = System.nanoTime();
    long wait = Math.min(quietUntil - now, deadline(agents, now) - now);
    return wait <= 0 ? 0 : (wait + 999_999) / 1_000_000;
  }

  /** Returns when the first of some agents is due, at most a second from now. */
  private static long deadline(List<Agent> some, long now) {
    long wait = IDLE_NANOS;
    for (Agent agent : some) {
      wait = Math.min(wait, agent.deadline(now) - now);
    }
    return now + wait;
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
    for (Agent agent : List.copyOf(quietAgents)) {
      guarded(agent::shutdown);
    }
    guarded(watches::close);
    guarded(context::term);
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
