package org.peal.endpoint;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every publisher that is known, from endpoint files and from the DNS, kept up to date while the
 * program runs. Thread-safe.
 *
 * <p>Where a file lists a service under the name of a domain, what the DNS says comes after it.
 */
public final class Discovery implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

  private final List<String> domains;
  private final @Nullable EndpointDiscovery files;
  private final SrvDiscovery srv;
  private final List<Consumer<EndpointMap>> listeners = new CopyOnWriteArrayList<>();
  private volatile EndpointMap current = EndpointMap.EMPTY;

  /**
   * Makes a discovery that does nothing before its start.
   *
   * @param files where the endpoint files are, if anywhere
   * @throws ConfigException if the trust anchor cannot be read
   */
  public Discovery(Optional<Path> files, DnsConfig dns) {
    this(files.map(EndpointDiscovery::new).orElse(null), dns, new DnsClient(dns));
  }

  private Discovery(@Nullable EndpointDiscovery files, DnsConfig dns, DnsClient client) {
    this.domains = dns.domains();
    this.files = files;
    this.srv = new SrvDiscovery(dns, client, InstantSource.system(), this::merge);
  }

  /**
   * Reads all files, and begins to watch them and to ask the DNS; to be called once. What the DNS
   * says is not waited for.
   *
   * @throws ConfigException with every problem of the files, and nothing is then watched
   */
  public void start() {
    if (files != null) {
      files.onChange(map -> merge());
      files.start();
    }
    merge();
    srv.start();
  }

  /** Looks at the files now, on the caller's thread; never throws for what they say. */
  public void refresh() {
    if (files != null) {
      files.refresh();
    }
  }

  /** Returns what is known now. */
  public EndpointMap current() {
    return current;
  }

  /** Adds a listener, called with each new state by the thread that learned it; not for waiting. */
  public void onChange(Consumer<EndpointMap> listener) {
    listeners.add(listener);
  }

  /** Stops watching; the last state stays readable. Idempotent. */
  @Override
  public void close() {
    srv.close();
    if (files != null) {
      files.close();
    }
  }

  private synchronized void merge() {
    EndpointMap said = files == null ? EndpointMap.EMPTY : files.current();
    Set<String> wanted = new LinkedHashSet<>(domains);
    wanted.addAll(said.domains());
    srv.follow(wanted);
    EndpointMap next = said.and(srv.current(), List.copyOf(wanted));
    // What a file lists no longer may be what a new domain is about to list.
    boolean isTooEarly = !srv.isSettled() && !current.endpoints().isEmpty();
    if (!isTooEarly && !next.equals(current)) {
      current = next;
      listeners.forEach(listener -> tell(listener, next));
    }
  }

  private static void tell(Consumer<EndpointMap> listener, EndpointMap news) {
    try {
      listener.accept(news);
    } catch (RuntimeException e) {
      // One broken listener must not end the watch.
      LOG.warn("a listener to endpoint changes failed", e);
    }
  }
}
