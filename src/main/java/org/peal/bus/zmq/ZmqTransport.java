package org.peal.bus.zmq;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.peal.Deadline;
import org.peal.bus.Origin;
import org.peal.endpoint.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/**
 * The ZeroMQ side of a node: one loop thread that owns every socket. Thread-safe.
 *
 * <p>{@link #start} makes the threads, {@link #close} ends them by command; no thread of it is ever
 * interrupted. The death of an I/O thread or of the loop is given to the fatal handler: nothing
 * would be sent or received any more, so the program should end.
 */
public final class ZmqTransport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ZmqTransport.class);
  private static final Duration STOP_GRACE = Duration.ofSeconds(5);

  /** JeroMQ's threads let go of an address within milliseconds, on a busy machine later. */
  private static final Duration LEAVING = Duration.ofSeconds(5);

  /** Sockets that are open for a moment only. */
  private static final int FOR_ITSELF = 16;

  private static final long LEAVING_LOOK_NANOS = Duration.ofMillis(10).toNanos();

  private final ZmqConfig config;
  private final ZmqTuning tuning;
  private final HostResolver hosts;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Resolver resolver;
  private final ZMQ.Context context;
  private final Sockets sockets;
  private final Loop loop;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong ioErrors = new AtomicLong();
  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();

  /**
   * Makes a transport.
   *
   * @param sockets how many will be open at most, unless {@link #expect} is told of more
   * @param hosts finds the addresses of names
   * @param fatal told when a thread of the transport has died; called by that thread
   */
  public ZmqTransport(
      ZmqConfig config, int sockets, HostResolver hosts, Consumer<Throwable> fatal) {
    this(
        config,
        ZmqTuning.DEFAULT,
        sockets,
        hosts,
        InstantSource.system(),
        new Random(), // the default generator would load all that Java has
        fatal);
  }

  ZmqTransport(
      ZmqConfig config,
      ZmqTuning tuning,
      int sockets,
      HostResolver hosts,
      InstantSource clock,
      RandomGenerator random,
      Consumer<Throwable> fatal) {
    this.config = config;
    this.tuning = tuning;
    this.hosts = hosts;
    this.clock = clock;
    this.random = random;
    this.resolver = new Resolver(hosts);
    this.context = ZMQ.context(1);
    expect(sockets);
    context.setUncaughtExceptionHandler((thread, error) -> fatal.accept(error));
    context.setNotificationExceptionHandler((thread, error) -> ioError(error));
    this.sockets = new Sockets(context, config);
    this.loop = new Loop(context, fatal);
  }

  /**
   * Sets how many sockets will be open at most. Only before the first one is: ZeroMQ makes room
   * once. One more than fit is a link that says so and waits for room.
   */
  public void expect(int sockets) {
    // Twice, because a socket that is being closed still counts.
    context.setMaxSockets(FOR_ITSELF + 2 * sockets);
  }

  /** Starts the loop; does nothing the second time. */
  public void start() {
    if (started.compareAndSet(false, true)) {
      loop.start();
    }
  }

  /**
   * Receives from one publisher, and keeps trying for ever to stay connected to it.
   *
   * @param name the endpoint's name, for {@link Origin}
   * @param address whom to connect to; a name is resolved for each round of attempts
   * @param topicPrefixes what to subscribe to; an empty prefix means everything
   */
  public Subscription connect(
      String name, Endpoint address, Collection<String> topicPrefixes, FrameSink sink) {
    return connect(name, address, new AddressClaims(), topicPrefixes, sink);
  }

  /**
   * Receives from one publisher, as {@link #connect(String, Endpoint, Collection, FrameSink)} does,
   * unless a subscription with the same claims has the same address and port: then it waits until
   * that ends.
   */
  public Subscription connect(
      String name,
      Endpoint address,
      AddressClaims claims,
      Collection<String> topicPrefixes,
      FrameSink sink) {
    return connect(name, address, claims, topicPrefixes, Framing.TOPIC_AND_PAYLOAD, sink);
  }

  /**
   * Receives messages of one frame from one publisher, which is no part of the bus; each comes with
   * an empty topic. It keeps trying for ever to stay connected.
   */
  public Subscription connectSingleFrames(String name, Endpoint address, FrameSink sink) {
    return connect(name, address, new AddressClaims(), List.of(), Framing.PAYLOAD, sink);
  }

  private Subscription connect(
      String name,
      Endpoint address,
      AddressClaims claims,
      Collection<String> topicPrefixes,
      Framing framing,
      FrameSink sink) {
    SubscriptionSocket receiver = receiver(name, address, topicPrefixes, framing, sink);
    loop.execute(() -> receiver.connect(link(name, address, claims, receiver)));
    return receiver;
  }

  /**
   * Receives from publishers that connect to {@code address}.
   *
   * @throws ZmqException if that cannot be listened on
   */
  public Subscription bind(
      String name, Endpoint address, Collection<String> topicPrefixes, FrameSink sink) {
    SubscriptionSocket receiver =
        receiver(name, address, topicPrefixes, Framing.TOPIC_AND_PAYLOAD, sink);
    List<String> candidates = Binder.candidates(address.host(), hosts);
    listen(address, () -> receiver.bind(candidates));
    return receiver;
  }

  /**
   * Publishes to whoever connects to {@code address}; no reader can stall the others.
   *
   * @throws ZmqException if that cannot be listened on
   */
  public Publication bindPublication(Endpoint address, PublicationOptions options) {
    PublicationSocket sender =
        new PublicationSocket(false, address, options, loop, sockets, tuning);
    List<String> candidates = Binder.candidates(address.host(), hosts);
    listen(address, () -> sender.bind(candidates));
    return sender;
  }

  /** Publishes to the one relay at {@code address}; waits for it rather than dropping anything. */
  public Publication connectPublication(Endpoint address, PublicationOptions options) {
    PublicationSocket sender = new PublicationSocket(true, address, options, loop, sockets, tuning);
    loop.execute(() -> sender.connect(link("relay", address, new AddressClaims(), sender)));
    return sender;
  }

  /**
   * Answers whoever connects to {@code address} and asks.
   *
   * @param sink takes the questions on the loop thread; must not block
   * @throws ZmqException if that cannot be listened on
   */
  public Responder bindResponder(
      Endpoint address, ResponderOptions options, Consumer<Question> sink) {
    RouterResponder responder = new RouterResponder(address, options, sink, loop, sockets);
    List<String> candidates = Binder.candidates(address.host(), hosts);
    listen(address, () -> responder.bind(candidates));
    return responder;
  }

  /** Returns what asks the server at {@code address}; nothing is connected before a question. */
  public Requester requester(String name, Endpoint address, RequesterOptions options) {
    return new DealerRequester(
        options, loop, sockets, owner -> link(name, address, new AddressClaims(), owner).quiet());
  }

  /**
   * Binds. JeroMQ lets go of an address some time after its socket was closed, so that the caller
   * waits for a port that was ours before.
   */
  private void listen(Endpoint address, Supplier<Integer> bind) {
    Deadline patience = Deadline.after(ports.contains(address.port()) ? LEAVING : Duration.ZERO);
    while (true) {
      try {
        ports.add(loop.call(bind));
        return;
      } catch (ZmqException e) {
        if (e.kind() != ZmqException.Kind.ADDRESS_IN_USE
            || patience.left().isZero()
            || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LockSupport.parkNanos(LEAVING_LOOK_NANOS);
      }
    }
  }

  /** Returns whether the caller is the loop thread, which must not block. */
  public boolean isLoopThread() {
    return loop.isLoopThread();
  }

  /** Returns how many input errors JeroMQ's I/O thread has survived. */
  public long ioErrors() {
    return ioErrors.get();
  }

  /** Closes every socket and ends the threads, within the linger time and a few seconds. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    resolver.close();
    if (started.compareAndSet(false, true)) {
      // never started: nothing but the loop thread may end what belongs to it
      loop.start();
    }
    loop.stop(Duration.ofMillis(config.lingerMillis()).plus(STOP_GRACE));
  }

  private SubscriptionSocket receiver(
      String name,
      Endpoint address,
      Collection<String> topicPrefixes,
      Framing framing,
      FrameSink sink) {
    List<byte[]> prefixes = framing.prefixes(topicPrefixes).stream().map(Bytes::utf8).toList();
    Origin origin = new Origin(name, address.toString());
    return new SubscriptionSocket(
        origin, address, prefixes, framing, sink, loop, sockets, config, tuning, clock);
  }

  private Link link(String name, Endpoint address, AddressClaims claims, Link.Owner owner) {
    return new Link(
        name, address, claims, owner, resolver, tuning, loop::wakeAlways, sockets::nudge, random);
  }

  private void ioError(Throwable error) {
    if (error.getCause() instanceof ClosedChannelException) {
      // The connection ended just before it was used; that is for the links to tell.
      return;
    }
    long count = ioErrors.incrementAndGet();
    if (Long.bitCount(count) == 1) {
      LOG.warn("input that ZeroMQ cannot digest ({} times so far): {}", count, error.toString());
    }
  }
}
