package org.peal.bus.zmq;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Origin;
import org.peal.bus.RawMessage;
import org.peal.endpoint.Endpoint;
import org.zeromq.ZMQ;
import zmq.Msg;

/** A subscription: one receiving socket at a time, by connecting or by binding. */
final class SubscriptionSocket implements Subscription, Agent, Link.Owner {
  /** Messages taken from one socket before the others have their turn. */
  private static final int BATCH = 1000;

  /** More prefixes than this are asked for as one subscription to everything. */
  private static final int MAX_PREFIXES = 500;

  private static final byte[] NO_TOPIC = {};

  private final Origin origin;
  private final List<byte[]> prefixes;
  private final Prefixes wanted = new Prefixes();
  private final Framing framing;
  private final FrameSink sink;
  private final Loop loop;
  private final Sockets sockets;
  private final int maxFrame;
  private final ZmqTuning tuning;
  private final InstantSource clock;
  private final PeerTally tally = new PeerTally();
  private final Heartbeat heartbeat;
  private final AtomicBoolean resumed = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong wrongFrameCount = new AtomicLong();
  private final AtomicLong unmatched = new AtomicLong();
  private final AtomicLong pauses = new AtomicLong();
  private volatile Endpoint bound;
  private volatile String address = "";
  private volatile boolean connected;
  private volatile boolean elsewhere;
  private volatile String problem = "";
  private volatile Instant since;
  private volatile @Nullable Instant lastMessageAt;

  private @Nullable Link link;
  private Watches.@Nullable Watch watch;
  private ZMQ.@Nullable Socket socket;
  private @Nullable PeerTable peers;
  private volatile @Nullable RawMessage refused;
  private boolean read = true;
  private boolean leaving;

  SubscriptionSocket(
      Origin origin,
      Endpoint endpoint,
      List<byte[]> prefixes,
      Framing framing,
      FrameSink sink,
      Loop loop,
      Sockets sockets,
      ZmqConfig config,
      ZmqTuning tuning,
      InstantSource clock) {
    this.origin = origin;
    this.bound = endpoint;
    this.prefixes = prefixes;
    prefixes.forEach(wanted::add);
    this.framing = framing;
    this.sink = sink;
    this.loop = loop;
    this.sockets = sockets;
    this.maxFrame = config.frameLimit();
    this.tuning = tuning;
    this.heartbeat = new Heartbeat(tuning.heartbeat());
    this.clock = clock;
    this.since = clock.instant();
  }

  /** Starts connecting. Loop thread only. */
  void connect(Link connection) {
    link = connection;
    loop.add(this);
  }

  /** Binds and returns the real port. Loop thread only. */
  int bind(List<String> hosts) {
    PeerTable table = new PeerTable(rules(), tally, tuning.maxPeers(), () -> {});
    ZMQ.Socket fresh = sockets.subscriber(table);
    try {
      subscribe(fresh);
      int port = Binder.bind(fresh, hosts, bound).port();
      bound = new Endpoint(bound.host(), port);
      use(fresh, table, bound.toString());
    } catch (RuntimeException e) {
      fresh.close();
      throw e;
    }
    connected(true);
    loop.add(this);
    return bound.port();
  }

  @Override
  public PeerTable open(String literal) {
    PeerTable table = new PeerTable(rules(), tally, 1, loop::wakeAlways);
    ZMQ.Socket fresh = sockets.subscriber(table);
    use(fresh, table, literal);
    fresh.connect(literal);
    subscribe(fresh);
    return table;
  }

  @Override
  public void drop() {
    if (watch != null) {
      watch.close();
    }
    if (peers != null) {
      peers.forget();
    }
    watch = null;
    socket = null;
    peers = null;
    address = "";
    read = true;
    connected(false);
  }

  @Override
  public boolean isRead() {
    if (refused == null) {
      receive();
    }
    return read && refused == null;
  }

  @Override
  public boolean isHeld() {
    return refused != null || !read;
  }

  @Override
  public void tick(long now) {
    if (resumed.getAndSet(false) && refused != null) {
      offerAgain(refused);
    } else if (!read && refused == null) {
      receive();
    }
    if (link != null) {
      link.tick(now);
      connected(link.isUp());
      pingIfDue(now);
      elsewhere = link.isElsewhere();
      problem = link.problem();
      if (leaving && !link.isNeeded() && isRead()) {
        closed.set(true);
        shutdown();
      }
    }
  }

  @Override
  public boolean isQuiet() {
    return true;
  }

  @Override
  public long deadline(long now) {
    if (!read && refused == null) {
      return now;
    }
    if (link == null) {
      return Long.MAX_VALUE / 2 + now;
    }
    long wait = link.deadline(now) - now;
    return now + (connected ? Math.min(wait, heartbeat.due() - now) : wait);
  }

  @Override
  public void shutdown() {
    closed.set(true);
    drop();
    if (link != null) {
      link.end();
    }
    refused = null;
    loop.remove(this);
  }

  @Override
  public void resume() {
    resumed.set(true);
    if (refused != null) {
      loop.wakeAlways();
    }
  }

  @Override
  public Endpoint boundAddress() {
    return bound;
  }

  @Override
  public SubscriptionStatus status() {
    return new SubscriptionStatus(
        origin,
        address,
        connected,
        elsewhere,
        problem,
        since,
        Optional.ofNullable(lastMessageAt),
        messages.get(),
        wrongFrameCount.get(),
        unmatched.get(),
        pauses.get(),
        tally.snapshot());
  }

  @Override
  public void leave() {
    if (!closed.get()) {
      loop.execute(() -> leaving = true);
    }
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      loop.callUnlessEnded(this::shutdown);
    }
  }

  private PeerRules rules() {
    return new SubscriberRules(maxFrame, SubscriberRules.quarterOfHeap());
  }

  private void use(ZMQ.Socket fresh, PeerTable table, String literal) {
    socket = fresh;
    peers = table;
    address = literal;
    watch = loop.watchReader(fresh, this::receive);
  }

  private void subscribe(ZMQ.Socket fresh) {
    if (prefixes.size() > MAX_PREFIXES) {
      fresh.send(new byte[] {1}, ZMQ.DONTWAIT);
      return;
    }
    for (byte[] prefix : prefixes) {
      byte[] frame = new byte[prefix.length + 1];
      frame[0] = 1;
      System.arraycopy(prefix, 0, frame, 1, prefix.length);
      fresh.send(frame, ZMQ.DONTWAIT);
    }
  }

  private void connected(boolean now) {
    if (now != connected) {
      connected = now;
      since = clock.instant();
      heartbeat.start(System.nanoTime());
    }
  }

  private void pingIfDue(long now) {
    if (connected && heartbeat.isDue(now) && peers != null && peers.takesPings()) {
      ping();
    }
  }

  private void ping() {
    if (socket != null && watch != null) {
      socket.base().send(Heartbeat.ping(), ZMQ.DONTWAIT);
      watch.look();
    }
  }

  private void receive() {
    read = false;
    for (int i = 0; i < BATCH && refused == null; i++) {
      Msg topic = next();
      if (topic == null) {
        read = true;
        return;
      }
      message(topic);
    }
  }

  private @Nullable Msg next() {
    return socket == null ? null : InboundMsg.receive(socket);
  }

  private void message(Msg first) {
    Msg payload = first.hasMore() ? next() : first;
    if (payload == null || payload.hasMore() || !framing.fits(first)) {
      wrongFrameCount.incrementAndGet();
      skipRest(payload);
      return;
    }
    byte[] name = payload == first ? NO_TOPIC : first.data();
    if (wanted.matching(name) == 0) {
      unmatched.incrementAndGet();
      return;
    }
    Instant now = clock.instant();
    lastMessageAt = now;
    deliver(new RawMessage(origin, name, payload.data(), now));
  }

  private void skipRest(@Nullable Msg frame) {
    Msg rest = frame;
    while (rest != null && rest.hasMore()) {
      rest = next();
    }
  }

  private void deliver(RawMessage message) {
    if (sink.accept(message)) {
      messages.incrementAndGet();
      return;
    }
    refused = message;
    pauses.incrementAndGet();
    if (watch != null) {
      watch.pause();
    }
    if (resumed.get()) {
      // Whoever resumed us did not know yet that there is something to offer again.
      loop.wakeAlways();
    }
  }

  private void offerAgain(RawMessage message) {
    if (!sink.accept(message)) {
      return;
    }
    messages.incrementAndGet();
    refused = null;
    if (watch != null) {
      watch.resume();
      receive();
    }
  }
}
