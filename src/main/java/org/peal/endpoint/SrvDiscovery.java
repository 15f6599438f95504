package org.peal.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.peal.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The publishers that the DNS lists for some domains, kept up to date by a thread of its own.
 * Thread-safe.
 *
 * <p>Every SRV target is a publisher of its own; priority and weight only order the list. The list
 * is known by the domain's name, as in fedmsg.
 */
final class SrvDiscovery implements AutoCloseable {

  static final String PUBLISHERS = "_fedmsg._tcp";
  static final String REPLAY = "_fedmsg-replay._tcp";

  private static final Logger LOG = LoggerFactory.getLogger(SrvDiscovery.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final DnsClient client;
  private final RefreshPolicy policy;
  private final InstantSource clock;
  private final Runnable listener;
  private final Thread thread = Threads.daemon("peal-dns", this::run);
  private final Map<String, List<SrvWatch>> watches = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();
  private Set<String> domains = Set.of();
  private Instant followedAt = Instant.MIN;
  private boolean isClosed;
  private volatile EndpointMap current = EndpointMap.EMPTY;

  /** Makes a discovery that asks nothing before its start; tells {@code listener} of answers. */
  SrvDiscovery(DnsConfig config, DnsClient client, InstantSource clock, Runnable listener) {
    this.client = client;
    this.clock = clock;
    this.listener = listener;
    this.policy =
        new RefreshPolicy(config.refreshMin(), config.refreshMax(), RandomGenerator.getDefault());
  }

  void start() {
    thread.start();
  }

  /** Asks for these domains from now on; at most {@link DnsConfig#MAX_DOMAINS} are used. */
  synchronized void follow(Set<String> wanted) {
    if (wanted.size() > DnsConfig.MAX_DOMAINS) {
      LOG.warn(
          "{} domains to ask for publishers: only the first {} are used",
          wanted.size(),
          DnsConfig.MAX_DOMAINS);
    }
    Set<String> next = new LinkedHashSet<>();
    wanted.stream().limit(DnsConfig.MAX_DOMAINS).forEach(next::add);
    if (!next.equals(domains)) {
      domains = next;
      followedAt = clock.instant();
      notifyAll();
    }
  }

  /**
   * Returns whether every domain was asked for, so that what is missing is missing; a name server
   * that is slow to say so is not waited for long.
   */
  synchronized boolean isSettled() {
    return asked.containsAll(domains)
        || Duration.between(followedAt, clock.instant()).compareTo(DnsClient.LIMIT) > 0;
  }

  /** Returns what is known. */
  EndpointMap current() {
    return current;
  }

  /** Ends the thread, waiting a little; what was known stays readable. Idempotent. */
  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
      notifyAll();
    }
    client.close();
    if (thread.isAlive() && Thread.currentThread() != thread) {
      try {
        thread.join(PATIENCE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try {
      while (awaitWork()) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until something is due or the domains have changed; returns false at the end. */
  private synchronized boolean awaitWork() throws InterruptedException {
    while (!isClosed && domains.equals(watches.keySet()) && millisToWait() > 0) {
      wait(millisToWait());
    }
    return !isClosed;
  }

  private long millisToWait() {
    return watches.values().stream()
        .flatMap(List::stream)
        .map(SrvWatch::due)
        .min(Comparator.naturalOrder())
        .map(due -> Duration.between(clock.instant(), due).toMillis())
        .orElse(policy.longest().toMillis());
  }

  /** Asks everything that is due, publishing after each domain: one may answer late. */
  private void look() {
    adopt();
    tell();
    Instant now = clock.instant();
    for (String domain : List.copyOf(watches.keySet())) {
      for (SrvWatch watch : watches.getOrDefault(domain, List.of())) {
        if (!watch.due().isAfter(now) && !isEnding()) {
          watch.look(client, policy);
          publish(domain);
        }
      }
    }
  }

  private synchronized boolean isEnding() {
    return isClosed;
  }

  private synchronized void adopt() {
    watches.keySet().retainAll(domains);
    asked.retainAll(domains);
    current = found();
    for (String domain : domains) {
      watches.computeIfAbsent(
          domain,
          d ->
              List.of(
                  new SrvWatch(PUBLISHERS, d, false, clock), new SrvWatch(REPLAY, d, true, clock)));
    }
  }

  private void publish(String domain) {
    synchronized (this) {
      asked.add(domain);
      current = found();
    }
    tell();
  }

  private void tell() {
    try {
      listener.run();
    } catch (RuntimeException e) {
      LOG.warn("a listener to changes in the DNS failed", e);
    }
  }

  private EndpointMap found() {
    Map<String, List<Endpoint>> publishers = new LinkedHashMap<>();
    Map<String, List<Endpoint>> replay = new LinkedHashMap<>();
    for (SrvWatch watch : all()) {
      if (!watch.targets().isEmpty()) {
        (watch.isOptional() ? replay : publishers).put(watch.domain(), watch.targets());
      }
    }
    return new EndpointMap(publishers, replay, List.of());
  }

  private List<SrvWatch> all() {
    List<SrvWatch> all = new ArrayList<>();
    watches.values().forEach(all::addAll);
    return all;
  }
}
