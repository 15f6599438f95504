package org.peal.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.bus.Publisher;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.endpoint.EndpointMap;
import org.peal.endpoint.HostNames;
import org.peal.metrics.Metrics;
import org.peal.store.StoreConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that the configuration of one host names, in one process: one transport, one view of
 * the publishers, one verifier, and the parts that use them.
 *
 * <p>Parts start in the order of {@link PartName} and stop in the reverse. Thread-safe; a change
 * waits for the one before it, the status never waits.
 */
public final class PealNode implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PealNode.class);
  private static final Duration REPLACING = Duration.ofSeconds(3);

  private record Running(PartPlan plan, NodePart part) {}

  private final EndpointFeed endpoints = new EndpointFeed();
  private final Metrics metrics = new Metrics();
  private final NodeStore store = new NodeStore();
  private final OwnBus ownBus = new OwnBus();
  private final ZmqTransport transport;
  private final Instant since = Instant.now();
  private volatile HostNames hosts;
  private volatile NodeSetup setup;
  private volatile List<Running> running = List.of();

  /**
   * Makes a node; nothing is open before {@link #start}.
   *
   * @param fatal told when a thread of the transport has died, after which nothing works any more
   */
  public PealNode(NodeSetup setup, Consumer<Throwable> fatal) {
    this.setup = setup;
    this.hosts = new HostNames(setup.config().dns());
    this.transport =
        new ZmqTransport(
            setup.config().zmq(),
            SocketRoom.beside(EndpointMap.EMPTY),
            host -> hosts.resolve(host),
            fatal);
  }

  /**
   * Starts every part; to be called once.
   *
   * @throws org.peal.PealException if a part cannot start; nothing then runs
   */
  public synchronized void start() {
    try {
      endpoints.use(setup.endpointFiles(), setup.config().dns());
      transport.expect(SocketRoom.beside(endpoints.current()));
      transport.start();
      List<Running> made = made(setup);
      beginAll(made);
    } catch (RuntimeException | Error e) {
      closeAfter(e);
      throw e;
    }
  }

  private NodeServices services(NodeSetup of) {
    return new NodeServices(of, transport, endpoints, metrics, store, ownBus);
  }

  /** Starts parts that were made; after a failure those that were not started are closed. */
  private void beginAll(List<Running> made) {
    Deque<Running> waiting = new ArrayDeque<>(made);
    try {
      while (!waiting.isEmpty()) {
        begin(waiting.remove());
      }
    } catch (RuntimeException | Error e) {
      waiting.forEach(each -> quietly(each.part()::close, e));
      throw e;
    }
  }

  private void begin(Running next) {
    try {
      next.part().start();
    } catch (RuntimeException | Error e) {
      next.part().close();
      throw e;
    }
    List<Running> more = new ArrayList<>(running);
    more.add(next);
    more.sort((a, b) -> a.plan().name().compareTo(b.plan().name()));
    running = List.copyOf(more);
  }

  /**
   * Takes another configuration. Parts whose settings are the same go on undisturbed; others are
   * made anew before the old ones are drained, and those that cannot start are put back.
   *
   * @return what changed, a line for each part; empty if nothing did
   * @throws org.peal.PealException if the new configuration is not good; the old one is then in
   *     force
   */
  public synchronized List<String> reload(NodeSetup next) throws InterruptedException {
    PealConfig before = setup.config();
    HostNames nextHosts =
        next.config().dns().equals(before.dns()) ? hosts : new HostNames(next.config().dns());
    List<Running> fresh = made(next);
    boolean isOther =
        !next.config().dns().equals(before.dns())
            || !next.endpointFiles().equals(setup.endpointFiles());
    if (isOther) {
      endpoints.use(next.endpointFiles(), next.config().dns());
    } else {
      endpoints.refresh();
    }
    hosts = nextHosts;
    List<String> changes = exchange(next, fresh);
    running.stream().filter(each -> !fresh.contains(each)).forEach(each -> each.part().reload());
    if (!next.config().zmq().equals(before.zmq())) {
      changes.add("zmq: changes only with a restart");
    }
    StoreConfig asked = next.config().store();
    if (store.opened().filter(opened -> !opened.equals(asked)).isPresent()) {
      changes.add("store: changes only with a restart");
    }
    if (!next.config().status().equals(before.status())) {
      changes.add("status: changes only with a restart");
    }
    setup = next;
    return changes;
  }

  /** Makes the parts that do not run as they should; throws before anything has changed. */
  private List<Running> made(NodeSetup next) {
    NodeServices services = services(next);
    List<Running> made = new ArrayList<>();
    try {
      for (PartName name : next.config().node().parts()) {
        PartPlan plan = PartPlan.of(name, next.config());
        if (running.stream().noneMatch(old -> plan.isSatisfiedBy(old.plan()))) {
          made.add(new Running(plan, plan.maker().apply(services)));
        }
      }
      return made;
    } catch (RuntimeException | Error e) {
      made.forEach(each -> quietly(each.part()::close, e));
      throw e;
    }
  }

  private List<String> exchange(NodeSetup next, List<Running> fresh) throws InterruptedException {
    List<String> changes = new ArrayList<>();
    List<Running> gone =
        running.stream()
            .filter(
                old ->
                    !next.config().node().parts().contains(old.plan().name())
                        || replacement(old, fresh).isPresent())
            .toList();
    for (int i = gone.size() - 1; i >= 0; i--) {
      end(gone.get(i), Deadline.after(REPLACING));
    }
    try {
      beginAll(fresh);
    } catch (RuntimeException | Error e) {
      restore(fresh, gone, e);
      throw e;
    }
    for (Running old : gone) {
      boolean isReplaced = replacement(old, fresh).isPresent();
      changes.add(old.plan().name() + (isReplaced ? ": runs with its new settings" : ": ended"));
    }
    fresh.stream()
        .filter(each -> gone.stream().noneMatch(old -> old.plan().name() == each.plan().name()))
        .forEach(each -> changes.add(each.plan().name() + ": started"));
    return changes;
  }

  private static Optional<Running> replacement(Running old, List<Running> fresh) {
    return fresh.stream().filter(each -> each.plan().name() == old.plan().name()).findFirst();
  }

  /** Puts back what ran before; what cannot be put back is told with the failure. */
  private void restore(List<Running> fresh, List<Running> gone, Throwable failure) {
    running.stream()
        .filter(fresh::contains)
        .forEach(each -> quietly(() -> end(each, Deadline.after(Duration.ZERO)), failure));
    NodeServices services = services(setup);
    for (Running old : gone) {
      quietly(() -> begin(new Running(old.plan(), old.plan().maker().apply(services))), failure);
    }
  }

  private void end(Running which, Deadline deadline) throws InterruptedException {
    running = running.stream().filter(each -> !each.equals(which)).toList();
    try {
      which.part().drain(deadline);
    } finally {
      which.part().close();
    }
  }

  /** Returns what is measured in the node. */
  public Metrics metrics() {
    return metrics;
  }

  /** Returns what accepts messages here; empty while the part {@code publisher} does not run. */
  public Optional<Publisher> publisher() {
    return running.stream()
        .map(Running::part)
        .filter(PublisherPart.class::isInstance)
        .map(PublisherPart.class::cast)
        .findFirst()
        .flatMap(PublisherPart::publisher);
  }

  /** Returns how the node fares. */
  public NodeStatus status() {
    SortedMap<PartName, PartStatus> parts = new TreeMap<>();
    running.forEach(each -> parts.put(each.plan().name(), each.part().status()));
    return new NodeStatus(setup.name(), since, parts);
  }

  /**
   * Stops taking in, finishes what is under way, and ends, all within {@code limit}; the last part
   * that was started first.
   *
   * @throws RuntimeException the first failure, with those after it as suppressed ones
   */
  public synchronized void drain(Duration limit) throws InterruptedException {
    Deadline deadline = Deadline.after(limit);
    List<Running> parts = running;
    Failures failures = new Failures();
    for (int i = parts.size() - 1; i >= 0; i--) {
      Running part = parts.get(i);
      failures.collect(() -> end(part, deadline));
    }
    failures.collect(store::close);
    failures.collect(endpoints::close);
    failures.collect(transport::close);
    failures.rethrow();
  }

  @Override
  public synchronized void close() {
    Failures failures = new Failures();
    List<Running> parts = running;
    running = List.of();
    for (int i = parts.size() - 1; i >= 0; i--) {
      failures.collect(parts.get(i).part()::close);
    }
    failures.collect(store::close);
    failures.collect(endpoints::close);
    failures.collect(transport::close);
    Throwable first = failures.first();
    if (first != null) {
      LOG.warn("not everything could be closed", first);
    }
  }

  private void closeAfter(Throwable failure) {
    quietly(this::close, failure);
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private static void quietly(Step step, Throwable failure) {
    try {
      step.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure.addSuppressed(e);
    }
  }

  /** What went wrong while everything had to be tried. */
  private static final class Failures {
    private @Nullable Throwable first;

    void collect(Step step) {
      try {
        step.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException | Error e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }

    @Nullable Throwable first() {
      return first;
    }

    void rethrow() {
      if (first instanceof RuntimeException e) {
        throw e;
      }
      if (first instanceof Error e) {
        throw e;
      }
    }
  }
}
