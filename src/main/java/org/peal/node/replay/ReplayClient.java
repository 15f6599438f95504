package org.peal.node.replay;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.peal.Threads;
import org.peal.bus.zmq.Requester;
import org.peal.bus.zmq.RequesterOptions;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.crypto.Verifier;
import org.peal.endpoint.Endpoint;
import org.peal.endpoint.EndpointMap;
import org.peal.store.ReplayQuery;
import org.peal.stream.ReplayOutcome;
import org.peal.stream.ReplaySource;

/**
 * Asks replay servers, our own and fedmsg's, and verifies what they give like live messages.
 * Thread-safe.
 *
 * <p>When a page has come, the next one is asked for at once, before anybody does, and kept for a
 * while. A server that does not know our extension is recognized by its answer and asked in slices
 * that it can cope with; so is one whose store fails on ranges. The addresses of one name are tried
 * in turn, in rounds with growing pauses.
 */
public final class ReplayClient implements ReplaySource, AutoCloseable {

  private static final String TCP = "tcp://";

  /** Servers whose connections and abilities are remembered. */
  private static final int MAX_SERVERS = 64;

  private static final int MAX_FRAMES = 100_000;
  private static final long MAX_BYTES = 64L << 20;
  private static final Duration IDLE = Duration.ofSeconds(10);

  /** How long a page may wait for somebody who handles the one before it, and is slow at that. */
  private static final Duration KEPT = Duration.ofMinutes(5);

  private final ZmqTransport transport;
  private final Supplier<EndpointMap> endpoints;
  private final ReplayClientOptions options;
  private final ExecutorService workers;
  private final ReplayReader reader;
  private final ReadAhead ahead = new ReadAhead(this::make, KEPT);
  private final AtomicInteger underWay = new AtomicInteger();
  private final Set<ReplayFetch> fetches = ConcurrentHashMap.newKeySet();
  private final Map<Endpoint, ReplayFetch.Server> servers = new LinkedHashMap<>(16, 0.75f, true);
  private volatile boolean isClosed;

  /**
   * Makes a client without connections.
   *
   * @param endpoints where replay servers are
   * @param verifier judges the messages; empty for no verification
   */
  public ReplayClient(
      ZmqTransport transport,
      Supplier<EndpointMap> endpoints,
      Optional<Verifier> verifier,
      ReplayClientOptions options) {
    this.transport = transport;
    this.endpoints = endpoints;
    this.options = options;
    this.workers =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(), Threads.factory("peal-replay-verify"));
    this.reader =
        new ReplayReader(verifier, options.unsignedSequenceIds(), workers, InstantSource.system());
  }

  @Override
  public CompletionStage<ReplayOutcome> fetch(String publisher, ReplayQuery query, long after) {
    return fetch(publisher, query, after, List.of());
  }

  /**
   * Asks as {@link #fetch(String, ReplayQuery, long)} does, for topics that begin with one of some
   * texts; servers that do not know our extension give all topics.
   *
   * @param topics the beginnings; none for all
   */
  public CompletionStage<ReplayOutcome> fetch(
      String publisher, ReplayQuery query, long after, List<String> topics) {
    List<Endpoint> addresses;
    try {
      addresses = addresses(publisher);
    } catch (IllegalArgumentException e) {
      return refused(ReplayOutcome.Why.UNKNOWN_PUBLISHER, String.valueOf(e.getMessage()));
    }
    if (addresses.isEmpty()) {
      return refused(
          ReplayOutcome.Why.UNKNOWN_PUBLISHER, "no replay endpoint is known for " + publisher);
    }
    ReplayFetch.Task task = new ReplayFetch.Task(publisher, addresses, query, after, topics);
    Optional<ReplayFetch> known = ahead.take(task);
    if (known.isPresent()) {
      return known.get().outcome();
    }
    Optional<ReplayFetch> made = make(task);
    if (made.isEmpty()) {
      return refused(
          ReplayOutcome.Why.BUSY,
          "more than " + options.maxUnderWay() + " replay questions are under way");
    }
    made.get().start();
    return made.get().outcome();
  }

  /** Makes a fetch that has not begun, or is refused when the client is closed. */
  private Optional<ReplayFetch> make(ReplayFetch.Task task) {
    if (underWay.incrementAndGet() > options.maxUnderWay()) {
      underWay.decrementAndGet();
      return Optional.empty();
    }
    ReplayFetch fetch = new ReplayFetch(task, options, this::server, reader, ahead::came, workers);
    fetches.add(fetch);
    fetch
        .outcome()
        .whenComplete(
            (outcome, error) -> {
              fetches.remove(fetch);
              underWay.decrementAndGet();
            });
    if (isClosed) {
      fetch.close();
    }
    return Optional.of(fetch);
  }

  private List<Endpoint> addresses(String publisher) {
    return publisher.startsWith(TCP)
        ? List.of(Endpoint.parse(publisher).forConnecting())
        : endpoints.get().replay().getOrDefault(publisher, List.of()).stream()
            .map(Endpoint::forConnecting)
            .toList();
  }

  private static CompletionStage<ReplayOutcome> refused(ReplayOutcome.Why why, String detail) {
    return CompletableFuture.completedFuture(new ReplayOutcome.Refused(why, detail));
  }

  private Optional<ReplayFetch.Server> server(String name, Endpoint address) {
    Optional<Requester> unused = Optional.empty();
    ReplayFetch.Server server;
    synchronized (servers) {
      server = servers.get(address);
      if (server == null && servers.size() >= MAX_SERVERS) {
        Optional<Endpoint> idle = idle();
        if (idle.isEmpty()) {
          return Optional.empty();
        }
        unused = Optional.ofNullable(servers.remove(idle.get())).map(ReplayFetch.Server::requester);
      }
      if (server == null) {
        server = new ReplayFetch.Server(transport.requester(name, address, requesterOptions()));
        servers.put(address, server);
      }
    }
    unused.ifPresent(Requester::close);
    return Optional.of(server);
  }

  private Optional<Endpoint> idle() {
    return servers.entrySet().stream()
        .filter(entry -> entry.getValue().requester().pending() == 0)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private RequesterOptions requesterOptions() {
    return new RequesterOptions(
        MAX_FRAMES, MAX_BYTES, options.maxUnderWay(), options.connectLimit(), IDLE);
  }

  /** Ends all connections; what is under way is refused as closed. Idempotent. */
  @Override
  public void close() {
    isClosed = true;
    List<ReplayFetch.Server> all;
    synchronized (servers) {
      all = new ArrayList<>(servers.values());
      servers.clear();
    }
    all.forEach(server -> server.requester().close());
    List.copyOf(fetches).forEach(ReplayFetch::close);
    workers.shutdown();
  }
}
