package org.peal.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.endpoint.Discovery;
import org.peal.endpoint.DnsConfig;
import org.peal.endpoint.EndpointMap;

/**
 * The publishers that are known, for all parts of a node; who follows it notices nothing when other
 * files or domains are named. Thread-safe.
 */
public final class EndpointFeed implements AutoCloseable {

  private final List<Consumer<EndpointMap>> followers = new CopyOnWriteArrayList<>();
  private @Nullable Discovery source;
  private EndpointMap current = EndpointMap.EMPTY;

  EndpointFeed() {}

  /**
   * Takes the publishers from these files and domains from now on.
   *
   * @throws org.peal.config.ConfigException if they cannot be understood; what was before then
   *     stays in force
   */
  synchronized void use(Optional<Path> files, DnsConfig dns) {
    Discovery next = new Discovery(files, dns);
    try {
      next.start();
    } catch (RuntimeException e) {
      next.close();
      throw e;
    }
    Discovery before = source;
    source = next;
    next.onChange(map -> publish(next));
    publish(next);
    if (before != null) {
      before.close();
    }
  }

  /** Looks at the files now instead of within a second. */
  void refresh() {
    Discovery now = source();
    if (now != null) {
      now.refresh();
    }
  }

  private synchronized @Nullable Discovery source() {
    return source;
  }

  private synchronized void publish(Discovery from) {
    EndpointMap next = from.current();
    if (from == source && !next.equals(current)) {
      current = next;
      followers.forEach(follower -> follower.accept(next));
    }
  }

  /** Returns what is known now. */
  public synchronized EndpointMap current() {
    return current;
  }

  /**
   * Calls {@code follower} with the addresses by service name, now and whenever they change.
   *
   * @return ends that when it is run
   */
  public synchronized Runnable follow(Consumer<Map<String, List<org.peal.endpoint.Endpoint>>> to) {
    Consumer<EndpointMap> follower = map -> to.accept(map.subscribable());
    followers.add(follower);
    follower.accept(current);
    return () -> followers.remove(follower);
  }

  @Override
  public synchronized void close() {
    if (source != null) {
      source.close();
      source = null;
    }
  }
}
