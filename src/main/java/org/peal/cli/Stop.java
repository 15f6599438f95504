package org.peal.cli;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns signals into an orderly end: the first SIGTERM or SIGINT lets the command finish, the
 * second ends the process at once. SIGHUP does nothing unless a command says otherwise, because
 * changed files are noticed by themselves.
 */
final class Stop implements AutoCloseable {

  /** What shells report for a process that a signal ended, less the signal's number. */
  static final int BY_SIGNAL = 128;

  private static final int INT = 2;
  private static final int TERM = 15;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicInteger signals = new AtomicInteger();
  private final Deque<Runnable> closing = new ArrayDeque<>();

  private Stop() {}

  /** Takes the signals over from now on. */
  static Stop onSignals() {
    return onSignals(() -> {});
  }

  /** The same, and runs something at each SIGHUP, which must return soon. */
  static Stop onSignals(Runnable hangUp) {
    Stop stop = new Stop();
    handle("TERM", () -> stop.signalled(TERM));
    handle("INT", () -> stop.signalled(INT));
    handle("HUP", hangUp);
    return stop;
  }

  private void signalled(int number) {
    if (signals.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(BY_SIGNAL + number);
    }
    asked.countDown();
  }

  /** Waits for a signal and tells whether one came. */
  boolean await(Duration limit) throws InterruptedException {
    return asked.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Runs something at the end, the last given first. */
  void atEnd(Runnable action) {
    closing.push(action);
  }

  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }

  /**
   * Sets a signal handler. The class is not part of the platform's API, so it is reached by name;
   * where it is missing, the platform's own handling stays.
   */
  static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Stop.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, args) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                  return null;
                }
                return switch (method.getName()) {
                  case "equals" -> self == args[0];
                  case "hashCode" -> System.identityHashCode(self);
                  default -> "Stop";
                };
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // No such signal here: the platform's own handling stays.
      return;
    }
  }
}
