package org.peal.bus.zmq;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;
import zmq.Msg;

/**
 * A requester on a DEALER socket. To a REP socket it looks like a REQ socket; each question carries
 * a number in its envelope, which comes back with the answer, so that a late answer is never taken
 * for another one.
 */
final class DealerRequester implements Requester, Agent, Link.Owner {
  /** How often one question is put when connections break after it was sent. */
  private static final int MAX_BREAKS = 3;

  private record Ask(byte[] question, Duration limit, CompletableFuture<Reply> reply) {}

  private final RequesterOptions options;
  private final Loop loop;
  private final Sockets sockets;
  private final Function<Link.Owner, Link> links;
  private final PeerTally tally = new PeerTally();
  // Bounded by pending.
  private final ConcurrentLinkedQueue<Ask> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  private @Nullable Ask current;
  private @Nullable Link link;
  private @Nullable ReplyRules rules;
  private Watches.@Nullable Watch watch;
  private ZMQ.@Nullable Socket socket;
  private @Nullable PeerTable peers;
  private byte[] number = new byte[0];
  private long count;
  private boolean isSent;
  private boolean wasUp;
  private int breaks;
  private long started;
  private long idleSince;

  /**
   * Makes a requester without a connection.
   *
   * @param links makes a link to the server for an owner
   */
  DealerRequester(
      RequesterOptions options, Loop loop, Sockets sockets, Function<Link.Owner, Link> links) {
    this.options = options;
    this.loop = loop;
    this.sockets = sockets;
    this.links = links;
  }

  @Override
  public CompletableFuture<Reply> ask(byte[] question, Duration limit) {
    if (closed.get()) {
      return CompletableFuture.completedFuture(new Reply.Closed());
    }
    if (pending.incrementAndGet() > options.maxPending()) {
      pending.decrementAndGet();
      return CompletableFuture.completedFuture(new Reply.Busy());
    }
    Ask ask = new Ask(question, limit, new CompletableFuture<>());
    queue.add(ask);
    try {
      loop.execute(this::begin);
    } catch (ZmqException e) {
      if (queue.remove(ask)) {
        pending.decrementAndGet();
        ask.reply().complete(new Reply.Closed());
      }
    }
    return ask.reply();
  }

  @Override
  public int pending() {
    return pending.get();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      loop.callUnlessEnded(this::shutdown);
      refuseAll();
    }
  }

  @Override
  public void shutdown() {
    closed.set(true);
    hangUp();
    Ask ask = current;
    current = null;
    if (ask != null) {
      finish(ask, new Reply.Closed());
    }
    refuseAll();
  }

  private void refuseAll() {
    for (Ask ask = queue.poll(); ask != null; ask = queue.poll()) {
      finish(ask, new Reply.Closed());
    }
  }

  private void begin() {
    if (closed.get()) {
      refuseAll();
    } else if (current == null) {
      current = queue.poll();
      if (current != null) {
        start();
      }
    }
  }

  private void start() {
    started = System.nanoTime();
    breaks = 0;
    isSent = false;
    if (link == null) {
      wasUp = false;
      link = links.apply(this);
      loop.add(this);
    } else if (socket != null) {
      send(socket);
    }
  }

  private void hangUp() {
    drop();
    if (link != null) {
      link.end();
      link = null;
      loop.remove(this);
    }
  }

  @Override
  public PeerTable open(String literal) {
    ReplyRules fresh = new ReplyRules(options);
    PeerTable table = new PeerTable(fresh, tally, 1, loop::wakeAlways);
    ZMQ.Socket dealer = sockets.requester(table);
    rules = fresh;
    peers = table;
    socket = dealer;
    watch = loop.watch(dealer, this::receive);
    dealer.connect(literal);
    if (current != null) {
      send(dealer);
    }
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
    isSent = false;
  }

  @Override
  public boolean isRead() {
    receive();
    return true;
  }

  @Override
  public boolean isHeld() {
    return true;
  }

  @Override
  public void tick(long now) {
    if (link == null) {
      return;
    }
    boolean wasConnected = link.isUp();
    wasUp |= wasConnected;
    link.tick(now);
    wasUp |= link.isUp();
    if (current != null) {
      watchOver(now, wasConnected && !link.isUp());
    } else if (!link.isUp() || now - idleSince >= options.idle().toNanos()) {
      hangUp();
    }
  }

  private void watchOver(long now, boolean isBroken) {
    Ask ask = ask();
    breaks += isBroken ? 1 : 0;
    if (rules != null && rules.isBroken()) {
      giveUp(new Reply.TooLarge());
    } else if (breaks >= MAX_BREAKS || now - started >= ask.limit().toNanos()) {
      giveUp(wasUp ? new Reply.Silence() : new Reply.Unreachable());
    } else if (!wasUp && now - started >= options.connectLimit().toNanos()) {
      giveUp(new Reply.Unreachable());
    }
  }

  private void giveUp(Reply reply) {
    // A server that works on one question at a time must not find the next one behind this.
    hangUp();
    rules = null;
    answered(reply);
  }

  @Override
  public long deadline(long now) {
    if (link == null) {
      return Long.MAX_VALUE / 2 + now;
    }
    long own =
        current == null
            ? idleSince + options.idle().toNanos()
            : started
                + Math.min(
                    ask().limit().toNanos(),
                    wasUp ? Long.MAX_VALUE : options.connectLimit().toNanos());
    return Math.min(own, link.deadline(now));
  }

  private void send(ZMQ.Socket out) {
    number = ByteBuffer.allocate(Long.BYTES).putLong(++count).array();
    // The first byte of a frame in an envelope may be anything, but the frame must not be empty.
    isSent =
        out.base().send(new Msg(number), ZMQ.SNDMORE | ZMQ.DONTWAIT)
            && out.base().send(new Msg(), ZMQ.SNDMORE | ZMQ.DONTWAIT)
            && out.base().send(new Msg(ask().question()), ZMQ.DONTWAIT);
  }

  private void receive() {
    for (Msg first = next(); first != null; first = next()) {
      List<byte[]> frames = new ArrayList<>();
      Msg last = first;
      frames.add(first.data());
      while (last != null && last.hasMore()) {
        last = next();
        if (last != null) {
          frames.add(last.data());
        }
      }
      take(frames);
    }
  }

  private @Nullable Msg next() {
    return socket == null ? null : socket.base().recv(ZMQ.DONTWAIT);
  }

  private void take(List<byte[]> frames) {
    boolean isMine =
        current != null
            && isSent
            && frames.size() > 2
            && Arrays.equals(frames.get(0), number)
            && frames.get(1).length == 0;
    if (isMine) {
      answered(new Reply.Frames(frames.subList(2, frames.size())));
    }
  }

  private void answered(Reply reply) {
    Ask ask = ask();
    current = null;
    idleSince = System.nanoTime();
    finish(ask, reply);
    begin();
  }

  private void finish(Ask ask, Reply reply) {
    pending.decrementAndGet();
    ask.reply().complete(reply);
  }

  private Ask ask() {
    if (current == null) {
      throw new IllegalStateException("no question is under way");
    }
    return current;
  }
}
