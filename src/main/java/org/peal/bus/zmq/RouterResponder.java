package org.peal.bus.zmq;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.endpoint.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;
import zmq.Msg;
import zmq.util.Blob;

/**
 * A responder on a ROUTER socket: to REQ sockets it looks like a REP socket, but it serves many at
 * once and never waits for one of them.
 */
final class RouterResponder implements Responder, Agent {
  private static final Logger LOG = LoggerFactory.getLogger(RouterResponder.class);
  private static final int BATCH = 100;
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  /** After this long a peer of the old protocol, whose end nobody reports, is taken for gone. */
  private static final long OLD_PEER_NANOS = Duration.ofMinutes(5).toNanos();

  private final ResponderOptions options;
  private final Consumer<Question> sink;
  private final Loop loop;
  private final Sockets sockets;
  private final PeerTally tally = new PeerTally();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong questions = new AtomicLong();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong misshapen = new AtomicLong();
  private final AtomicLong slow = new AtomicLong();
  private final AtomicLong impatient = new AtomicLong();
  private final AtomicLong unsent = new AtomicLong();
  private volatile Endpoint bound;

  private final Map<Blob, Asker> askers = new LinkedHashMap<>();
  private ZMQ.@Nullable Socket socket;
  private Watches.@Nullable Watch watch;
  private @Nullable PeerTable peers;
  private boolean isUnread;
  private long lookAt;

  RouterResponder(
      Endpoint address,
      ResponderOptions options,
      Consumer<Question> sink,
      Loop loop,
      Sockets sockets) {
    this.bound = address;
    this.options = options;
    this.sink = sink;
    this.loop = loop;
    this.sockets = sockets;
  }

  /** Binds and returns the real port. Loop thread only. */
  int bind(List<String> hosts) {
    PeerRules rules = new QuestionRules(options.maxQuestion(), SubscriberRules.quarterOfHeap());
    PeerTable table = new PeerTable(rules, tally, options.maxPeers(), () -> {});
    ZMQ.Socket fresh = sockets.responder(table, options.maxQuestion());
    try {
      int port = Binder.bind(fresh, hosts, bound).port();
      bound = new Endpoint(bound.host(), port);
    } catch (RuntimeException e) {
      fresh.close();
      throw e;
    }
    socket = fresh;
    peers = table;
    watch = loop.watch(fresh, this::receive);
    loop.add(this);
    return bound.port();
  }

  @Override
  public void tick(long now) {
    if (isUnread) {
      receive();
    }
    if (now - lookAt >= 0) {
      lookAt = now + LOOK_NANOS;
      look(now);
    }
  }

  @Override
  public long deadline(long now) {
    return isUnread ? now : askers.isEmpty() ? now + 3600 * LOOK_NANOS : lookAt;
  }

  @Override
  public void shutdown() {
    closed.set(true);
    if (watch != null) {
      watch.close();
    }
    if (peers != null) {
      peers.forget();
    }
    watch = null;
    socket = null;
    peers = null;
    askers.values().forEach(Asker::forget);
    askers.clear();
    loop.remove(this);
  }

  @Override
  public Endpoint boundAddress() {
    return bound;
  }

  @Override
  public ResponderStatus status() {
    return new ResponderStatus(
        questions.get(),
        answers.get(),
        misshapen.get(),
        slow.get(),
        impatient.get(),
        unsent.get(),
        tally.snapshot());
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      loop.callUnlessEnded(this::shutdown);
    }
  }

  private void receive() {
    isUnread = true;
    for (int i = 0; i < BATCH; i++) {
      Msg identity = next();
      if (identity == null) {
        isUnread = false;
        return;
      }
      message(identity);
    }
  }

  private @Nullable Msg next() {
    return socket == null ? null : InboundMsg.receive(socket);
  }

  private void message(Msg identity) {
    List<byte[]> frames = new ArrayList<>();
    Msg last = identity;
    while (last != null && last.hasMore()) {
      last = next();
      if (last != null) {
        frames.add(last.data());
      }
    }
    String address = last instanceof InboundMsg inbound ? inbound.address() : "";
    int delimiter = 0;
    while (delimiter < frames.size() && frames.get(delimiter).length > 0) {
      delimiter++;
    }
    if (delimiter >= frames.size() - 1) {
      misshapen.incrementAndGet();
      return;
    }
    // More than one frame cannot be a question, but whoever asks so waits for an answer.
    boolean isOne = frames.size() == delimiter + 2;
    byte[] body = isOne ? frames.get(delimiter + 1) : new byte[0];
    ask(identity.data(), address, List.copyOf(frames.subList(0, delimiter + 1)), body);
  }

  private void ask(byte[] identity, String address, List<byte[]> envelope, byte[] body) {
    Blob key = Blob.createBlob(identity);
    Asker asker = askers.computeIfAbsent(key, k -> new Asker(address, identity, unsent));
    if (!asker.asks(System.nanoTime())) {
      impatient.incrementAndGet();
      drop(asker, "asks on without taking answers");
      askers.remove(key);
      return;
    }
    questions.incrementAndGet();
    sink.accept(new Pending(asker, envelope, body));
  }

  /** A question that waits for its answer. */
  private final class Pending implements Question {
    private final Asker asker;
    private final List<byte[]> envelope;
    private final byte[] body;
    private final AtomicBoolean isAnswered = new AtomicBoolean();

    private Pending(Asker asker, List<byte[]> envelope, byte[] body) {
      this.asker = asker;
      this.envelope = envelope;
      this.body = body;
    }

    @Override
    public byte[] body() {
      return body;
    }

    @Override
    public String host() {
      int colon = asker.address.lastIndexOf(':');
      return colon < 0 ? "" : asker.address.substring(0, colon);
    }

    @Override
    public void answer(List<byte[]> frames) {
      if (isAnswered.compareAndSet(false, true) && !closed.get()) {
        List<byte[]> all = List.copyOf(frames);
        try {
          loop.execute(() -> send(asker, envelope, all));
        } catch (ZmqException e) {
          LOG.debug("an answer came too late: {}", e.getMessage());
        }
      }
    }
  }

  private void send(Asker asker, List<byte[]> envelope, List<byte[]> frames) {
    asker.answered();
    ZMQ.Socket out = socket;
    if (out == null || askers.get(Blob.createBlob(asker.identity)) != asker) {
      return;
    }
    if (unsent.get() > options.maxUnsent()
        || !out.base().send(new Msg(asker.identity), ZMQ.SNDMORE | ZMQ.DONTWAIT)) {
      slow.incrementAndGet();
      drop(asker, "too many answers wait for their readers");
      askers.remove(Blob.createBlob(asker.identity));
      return;
    }
    for (byte[] frame : envelope) {
      out.base().send(new Msg(frame), ZMQ.SNDMORE | ZMQ.DONTWAIT);
    }
    long now = System.nanoTime();
    for (int i = 0; i < frames.size(); i++) {
      byte[] frame = frames.get(i);
      asker.written(frame.length, now);
      int more = i < frames.size() - 1 ? ZMQ.SNDMORE : 0;
      out.base().send(new AnswerMsg(frame, asker), more | ZMQ.DONTWAIT);
    }
    answers.incrementAndGet();
  }

  private void look(long now) {
    for (Iterator<Asker> all = askers.values().iterator(); all.hasNext(); ) {
      Asker asker = all.next();
      boolean isGone =
          asker.address.isEmpty()
              ? now - asker.movedAt() > OLD_PEER_NANOS
              : peers == null || !peers.has(asker.address);
      if (!isGone && asker.isSlow(now, options.patience().toNanos())) {
        slow.incrementAndGet();
        drop(asker, "does not read its answer");
        isGone = true;
      }
      if (isGone) {
        asker.forget();
        all.remove();
      }
    }
  }

  private void drop(Asker asker, String why) {
    asker.forget();
    if (peers != null) {
      peers.dismiss(asker.address, why);
    }
  }

  @Override
  public String toString() {
    return "responder at " + bound + " with " + Arrays.toString(askers.keySet().toArray());
  }
}
