package org.peal.bus.zmq;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.peal.Threads;

/**
 * Resolves names off the loop. Thread-safe. Each link asks for one name at a time, so the queue is
 * no longer than there are links.
 */
final class Resolver implements AutoCloseable {
  private static final int THREADS = 4;

  private final HostResolver system;
  private final ThreadPoolExecutor threads;

  Resolver(HostResolver system) {
    this.system = system;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Threads.factory("peal-resolver"));
    threads.allowCoreThreadTimeOut(true);
  }

  /** Resolves {@code host}; an address in digits is ready at once. */
  CompletableFuture<List<InetAddress>> resolve(String host) {
    CompletableFuture<List<InetAddress>> result = new CompletableFuture<>();
    if (isLiteral(host)) {
      complete(result, host, HostResolver.system());
    } else {
      threads.execute(() -> complete(result, host, system));
    }
    return result;
  }

  /** Returns whether {@code host} is an address, not a name. */
  static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static void complete(
      CompletableFuture<List<InetAddress>> result, String host, HostResolver with) {
    try {
      List<InetAddress> addresses = with.resolve(host);
      if (addresses.isEmpty()) {
        throw new UnknownHostException(host);
      }
      result.complete(addresses);
    } catch (UnknownHostException | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  /** Takes no more names; a lookup under way ends by itself in a daemon thread. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
