package org.peal.bus.zmq;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.peal.endpoint.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;
import zmq.Msg;

/**
 * A publication: one XPUB socket at a time, by connecting (active) or by binding.
 *
 * <p>Both send with NODROP, so that a full pipe shows. A bound one then sends that message once
 * more without it: the full reader misses it, all others get it. An active one keeps it and tries
 * again a millisecond later: JeroMQ reports an XPUB as always writable, so polling would spin.
 */
final class PublicationSocket implements Publication, Agent, Link.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(PublicationSocket.class);
  private static final int BATCH = 1000;
  private static final long RETRY_NANOS = 1_000_000;

  private final boolean active;
  private final int highWaterMark;
  private final Loop loop;
  private final Sockets sockets;
  private final ZmqTuning tuning;
  private final BlockingQueue<Outgoing> queue;
  private final PeerTally tally = new PeerTally();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong unheard = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong hostileFrames = new AtomicLong();
  private volatile boolean sealed;
  private volatile Endpoint bound;
  private volatile @Nullable BoundAddress listening;
  private volatile String address = "";
  private volatile boolean connected;

  private final Audience audience = new Audience();
  private @Nullable Link link;
  private Watches.@Nullable Watch watch;
  private ZMQ.@Nullable Socket socket;
  private @Nullable PeerTable peers;
  private Outflow outflow;
  private @Nullable Drain drain;
  private byte[] lastTopic = new byte[0];
  private boolean behind;
  private long retryAt;

  PublicationSocket(
      boolean active,
      Endpoint endpoint,
      PublicationOptions options,
      Loop loop,
      Sockets sockets,
      ZmqTuning tuning) {
    this.active = active;
    this.bound = endpoint;
    this.highWaterMark = options.highWaterMark();
    this.queue = new ArrayBlockingQueue<>(options.queue());
    this.loop = loop;
    this.sockets = sockets;
    this.tuning = tuning;
    this.outflow = new Outflow(loop.thread(), loop::wakeAlways);
  }

  /** Starts connecting. Loop thread only. */
  void connect(Link connection) {
    link = connection;
    loop.add(this);
  }

  /** Binds and returns the real port. Loop thread only. */
  int bind(List<String> hosts) {
    PeerTable table = new PeerTable(rules(), tally, tuning.maxPeers(), () -> {});
    ZMQ.Socket fresh = sockets.publisher(table, highWaterMark);
    try {
      BoundAddress real = Binder.bind(fresh, hosts, bound);
      listening = real;
      bound = new Endpoint(bound.host(), real.port());
      use(fresh, table, bound.toString());
    } catch (RuntimeException e) {
      fresh.close();
      throw e;
    }
    connected = true;
    loop.add(this);
    return bound.port();
  }

  @Override
  public PeerTable open(String literal) {
    PeerTable table = new PeerTable(rules(), tally, 1, loop::wakeAlways);
    ZMQ.Socket fresh = sockets.publisher(table, highWaterMark);
    use(fresh, table, literal);
    fresh.connect(literal);
    return table;
  }

  @Override
  public void drop() {
    if (drain != null) {
      drain.interrupted(outflow);
    }
    if (peers != null) {
      lost.addAndGet(outflow.waiting());
      peers.forget();
    }
    if (watch != null && socket != null) {
      watch.close();
    }
    audience.leave();
    outflow = new Outflow(loop.thread(), loop::wakeAlways);
    watch = null;
    socket = null;
    peers = null;
    address = "";
    connected = false;
  }

  @Override
  public boolean isRead() {
    return true;
  }

  @Override
  public boolean isHeld() {
    return true;
  }

  @Override
  public void tick(long now) {
    if (link != null) {
      link.tick(now);
      connected = link.isUp();
    }
    flush(now);
    if (drain != null && drain.advance(now, queue.size(), lost.get(), outflow, this::probe)) {
      drain = null;
    }
  }

  @Override
  public long deadline(long now) {
    long next = link == null ? now + TimeUnit.HOURS.toNanos(1) : link.deadline(now);
    if (drain != null) {
      next = Math.min(next, now + RETRY_NANOS);
    }
    if (!queue.isEmpty() && isReady()) {
      next = Math.min(next, Math.max(now, retryAt));
    }
    return next;
  }

  @Override
  public void shutdown() {
    closed.set(true);
    if (drain != null) {
      drain.giveUp(queue.size(), lost.get(), outflow);
      drain = null;
    }
    audience.dismiss();
    drop();
    loop.remove(this);
  }

  @Override
  public boolean offer(byte[] topic, byte[] payload) {
    if (sealed || closed.get() || !queue.offer(new Outgoing(topic, payload))) {
      return false;
    }
    loop.wake();
    return true;
  }

  @Override
  public boolean offer(byte[] topic, byte[] payload, Duration limit) throws InterruptedException {
    Outgoing message = new Outgoing(topic, payload);
    if (sealed || closed.get() || !queue.offer(message, limit.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    loop.wake();
    return true;
  }

  @Override
  public boolean forward(byte[] topic, byte[] payload) {
    if (sealed || closed.get()) {
      return false;
    }
    Outgoing message = new Outgoing(topic, payload);
    if (queue.isEmpty() && isReady() && send(message)) {
      return true;
    }
    return queue.offer(message);
  }

  @Override
  public boolean awaitSubscribers(byte[] topic, int count, Duration limit)
      throws InterruptedException {
    Waiter waiter = new Waiter(topic, count, new CompletableFuture<>());
    loop.execute(() -> audience.add(waiter));
    boolean enough = within(waiter.done(), limit, false);
    if (!enough && !closed.get()) {
      loop.execute(() -> audience.remove(waiter));
    }
    return enough;
  }

  @Override
  public long drain(Duration limit) throws InterruptedException {
    sealed = true;
    long end = System.nanoTime() + limit.toNanos();
    CompletableFuture<Long> done = new CompletableFuture<>();
    loop.execute(() -> drain = new Drain(end, done));
    return within(done, limit.plusSeconds(5), queue.size() + lost.get());
  }

  @Override
  public Endpoint boundAddress() {
    return bound;
  }

  @Override
  public boolean isReachedBy(InetAddress host, int port) {
    BoundAddress here = listening;
    return here != null && here.isReachedBy(host, port);
  }

  @Override
  public PublicationStatus status() {
    return new PublicationStatus(
        address,
        connected,
        queue.size(),
        sent.get(),
        unheard.get(),
        dropped.get(),
        lost.get(),
        hostileFrames.get(),
        tally.snapshot());
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      loop.callUnlessEnded(this::shutdown);
    }
  }

  private PublisherRules rules() {
    return new PublisherRules(tuning.maxSubscriptionBytes(), hostileFrames);
  }

  private static <T> T within(CompletableFuture<T> done, Duration limit, T otherwise)
      throws InterruptedException {
    try {
      return done.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return otherwise;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void use(ZMQ.Socket fresh, PeerTable table, String literal) {
    socket = fresh;
    peers = table;
    address = literal;
    watch = loop.watch(fresh, this::receive);
  }

  /** An active publisher sends only to somebody: before that, sending would mean dropping. */
  private boolean isReady() {
    return socket != null && (!active || !audience.isEmpty());
  }

  private void flush(long now) {
    if (queue.isEmpty() || !isReady() || now - retryAt < 0) {
      return;
    }
    for (int i = 0; i < BATCH; i++) {
      Outgoing message = queue.peek();
      if (message == null) {
        return;
      }
      if (!send(message)) {
        retryAt = System.nanoTime() + RETRY_NANOS;
        return;
      }
      queue.poll();
    }
  }

  private boolean send(Outgoing message) {
    long before = outflow.copies();
    lastTopic = message.topic();
    boolean done = sendFrames(message);
    if (!done && active) {
      return false;
    }
    if (!done) {
      sendLossy(message);
      behind = true;
    }
    sent.incrementAndGet();
    long copies = outflow.copies() - before;
    if (behind) {
      countMissed(message.topic(), copies);
    } else if (copies == 0) {
      unheard.incrementAndGet();
    }
    return true;
  }

  private boolean sendFrames(Outgoing message) {
    ZMQ.Socket out = open();
    if (!out.base().send(new Msg(message.topic()), ZMQ.SNDMORE | ZMQ.DONTWAIT)) {
      return false;
    }
    Msg payload = OutboundMsg.payload(message.payload(), outflow);
    outflow.send(() -> out.base().send(payload, ZMQ.DONTWAIT));
    return true;
  }

  private void sendLossy(Outgoing message) {
    ZMQ.Socket out = open();
    out.setXpubNoDrop(false);
    try {
      sendFrames(message);
    } finally {
      out.setXpubNoDrop(true);
    }
  }

  /** Once a reader has been passed over JeroMQ leaves it out silently until it has caught up. */
  private void countMissed(byte[] topic, long copies) {
    long missed = peers == null ? 0 : peers.readersOf(topic) - copies;
    if (missed <= 0) {
      behind = false;
      return;
    }
    long total = dropped.addAndGet(missed);
    if (Long.highestOneBit(total) > total - missed) {
      LOG.warn("readers of {} do not keep up: {} messages dropped so far", bound, total);
    }
  }

  private void probe() {
    if (socket != null) {
      socket.base().send(OutboundMsg.probe(lastTopic, outflow), ZMQ.DONTWAIT);
    }
  }

  private ZMQ.Socket open() {
    if (socket == null) {
      throw new IllegalStateException("no socket to send on");
    }
    return socket;
  }

  private void receive() {
    for (int i = 0; i < BATCH; i++) {
      Msg frame = open().base().recv(ZMQ.DONTWAIT);
      if (frame == null) {
        break;
      }
      audience.subscription(frame.data());
    }
    audience.answer();
  }
}
