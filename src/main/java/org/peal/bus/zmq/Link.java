package org.peal.bus.zmq;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peal.Backoff;
import org.peal.endpoint.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one outgoing connection alive.
 *
 * <p>A round resolves the name and tries each address; a round without success is followed by a
 * growing pause. Each attempt is a new socket of the {@link Owner}. Loop thread only.
 */
final class Link {
  /** How long a handshake may take until we suspect JeroMQ of having lost the connection. */
  private static final long FIRST_NUDGE_NANOS = 50_000_000;

  /** How long after a loss the last messages may take from one thread of JeroMQ to the other. */
  private static final long SETTLING_NANOS = 100_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  /** Opens and closes the socket behind a link. */
  interface Owner {
    /** Opens a socket that connects to a literal {@code address} and returns its peers. */
    PeerTable open(String address);

    /** Closes the socket of the last attempt. */
    void drop();

    /** Reads what has come and returns whether that was all, so that a link may be dropped. */
    boolean isRead();

    /** Returns whether reading is held back, so that silence means nothing. */
    boolean isHeld();
  }

  private enum State {
    PAUSING,
    RESOLVING,
    CONNECTING,
    UP
  }

  private final String name;
  private final Endpoint endpoint;
  private final AddressClaims claims;
  private final Owner owner;
  private final Resolver resolver;
  private final ZmqTuning tuning;
  private final Runnable wake;
  private final Runnable nudge;
  private final Backoff backoff;
  private State state = State.PAUSING;
  private long due;
  private long watchedFrom;
  private long lostAt;
  private long nudgeAt;
  private long nudgePause;
  private List<InetAddress> addresses = List.of();
  private int nextAddress;
  private boolean troubled;
  private String problem = "";
  private boolean isElsewhere;
  private boolean isCircle;
  private boolean toldOfCircle;
  private boolean answersPings;
  private long releasesSeen;
  private @Nullable CompletableFuture<List<InetAddress>> lookup;
  private @Nullable PeerTable peers;
  private String address = "";

  Link(
      String name,
      Endpoint endpoint,
      AddressClaims claims,
      Owner owner,
      Resolver resolver,
      ZmqTuning tuning,
      Runnable wake,
      Runnable nudge,
      RandomGenerator random) {
    this.name = name;
    this.endpoint = endpoint;
    this.claims = claims;
    this.owner = owner;
    this.resolver = resolver;
    this.tuning = tuning;
    this.wake = wake;
    this.nudge = nudge;
    this.backoff = new Backoff(tuning.retryFirst(), tuning.retryMost(), random);
    this.due = System.nanoTime();
    claims.enter(this);
  }

  /** Returns the literal address of the current attempt or connection, else an empty text. */
  String address() {
    return address;
  }

  /** Returns why the last attempts failed; empty while connected or before the first has ended. */
  String problem() {
    return problem;
  }

  boolean isUp() {
    return state == State.UP;
  }

  long deadline(long now) {
    return switch (state) {
      case PAUSING -> isWorthTrying() ? now : due;
      case CONNECTING -> nudgePause == 0 ? due : Math.min(due, nudgeAt);
      case RESOLVING -> now + tuning.retryMost().toNanos();
      case UP -> now + (isLosing() ? SETTLING_NANOS / 4 : tuning.deadAfter().toNanos() / 4);
    };
  }

  private boolean isLosing() {
    return peers != null && peers.isFailed();
  }

  /** Returns whether another link is connected to the same publisher. */
  boolean isElsewhere() {
    return isElsewhere;
  }

  /** Returns whether this is the only link to a publisher that others want to stay connected to. */
  boolean isNeeded() {
    return isUp() && claims.isAwaited(address);
  }

  /** Gives up the address; the socket is the owner's affair. */
  void end() {
    claims.leave(address, this);
  }

  void tick(long now) {
    switch (state) {
      case PAUSING -> pausing(now);
      case RESOLVING -> resolving(now);
      case CONNECTING -> connecting(now);
      case UP -> up(now);
      default -> throw new AssertionError(state);
    }
  }

  private void pausing(long now) {
    if (now - due >= 0 || isWorthTrying()) {
      state = State.RESOLVING;
      releasesSeen = claims.releases();
      lookup = resolver.resolve(endpoint.host());
      lookup.whenComplete((found, error) -> wake.run());
      resolving(now);
    }
  }

  private boolean isWorthTrying() {
    return isElsewhere && claims.releases() != releasesSeen;
  }

  private void resolving(long now) {
    if (lookup == null || !lookup.isDone()) {
      return;
    }
    if (lookup.isCompletedExceptionally()) {
      claims.settle(this);
      problem = "cannot resolve " + endpoint.host();
      trouble("cannot resolve {}; trying again until it works", endpoint.host());
      pause(now);
      return;
    }
    addresses = lookup.join();
    nextAddress = 0;
    isElsewhere = false;
    isCircle = false;
    claims.settle(this);
    attempt(now);
  }

  private void attempt(long now) {
    String literal = nextFreeAddress();
    if (literal.isEmpty()) {
      giveUp(now);
      return;
    }
    address = literal;
    state = State.CONNECTING;
    due = now + tuning.connectLimit().toNanos();
    nudgePause = 0;
    try {
      peers = owner.open(address);
    } catch (ZmqException e) {
      problem = String.valueOf(e.getMessage());
      trouble("{}; not connected to {}", problem, endpoint);
      drop();
      pause(now);
    } catch (RuntimeException e) {
      LOG.warn("cannot open a socket for {} ({})", name, endpoint, e);
      drop();
      pause(now);
    }
  }

  /** Returns the next address that neither another link has nor we publish on, else "". */
  private String nextFreeAddress() {
    while (nextAddress < addresses.size()) {
      InetAddress host = addresses.get(nextAddress++);
      if (claims.isOwn(host, endpoint.port())) {
        isCircle = true;
        continue;
      }
      String literal = new Endpoint(host.getHostAddress(), endpoint.port()).toString();
      if (claims.take(literal, this)) {
        return literal;
      }
      isElsewhere = true;
    }
    return "";
  }

  private void giveUp(long now) {
    if (isElsewhere) {
      problem = "";
      LOG.debug("{} ({}) is connected to under another name", name, endpoint);
      rest(now);
    } else if (isCircle) {
      problem = "it is where the same messages are published again";
      warnOfCircle();
      rest(now);
    } else {
      problem = "cannot connect to " + endpoint;
      trouble("cannot connect to {}; trying again until it works", endpoint);
      pause(now);
    }
  }

  private void warnOfCircle() {
    if (!toldOfCircle) {
      toldOfCircle = true;
      LOG.warn(
          "not connecting to {} ({}): it is where the same messages are published again, and they"
              + " would go in circles; take it off the publishers' list",
          name,
          endpoint);
    }
  }

  private void rest(long now) {
    state = State.PAUSING;
    due = now + tuning.retryMost().toNanos();
  }

  private void connecting(long now) {
    PeerTable table = table();
    if (table.wasUp()) {
      state = State.UP;
      due = now;
      lostAt = 0;
      watchedFrom = now;
      LOG.info("connected to {} ({} at {})", name, endpoint, address);
      troubled = false;
      problem = "";
    } else if (table.isFailed() || now - due >= 0) {
      drop();
      attempt(now);
    } else if (table.isConnected()) {
      nudgeIfSlow(now);
    }
  }

  /**
   * Makes JeroMQ's I/O thread look at all its connections again, now and then. It forgets one whose
   * TCP connect ends in the same turn in which another command for it arrives, until something else
   * changes what it polls.
   */
  private void nudgeIfSlow(long now) {
    if (nudgePause == 0) {
      nudgePause = FIRST_NUDGE_NANOS;
      nudgeAt = now + nudgePause;
    } else if (now - nudgeAt >= 0) {
      nudgePause *= 2;
      nudgeAt = now + nudgePause;
      LOG.debug("{} ({}) is slow to shake hands", name, endpoint);
      nudge.run();
    }
  }

  private void up(long now) {
    PeerTable table = table();
    if (owner.isHeld()) {
      watchedFrom = now;
    }
    if (table.isFailed()) {
      lost(now, table);
    } else if (isExpectedToAnswer(table) && silence(now, table) > tuning.deadAfter().toNanos()) {
      LOG.warn("{} ({}) has fallen silent; connecting again", name, endpoint);
      answersPings = table.hasPonged();
      restart(now);
    }
  }

  /**
   * Drops a broken link when all that came is read. JeroMQ reports the loss before it hands over
   * the last messages, and after an error of protocol says nothing more.
   */
  private void lost(long now, PeerTable table) {
    if (lostAt == 0) {
      lostAt = now;
    }
    boolean settled = table.isSettled() || now - lostAt >= SETTLING_NANOS;
    if (settled && owner.isRead()) {
      LOG.info("lost the connection to {} ({})", name, endpoint);
      restart(now);
    }
  }

  /**
   * Returns whether silence means that the connection is dead. Old peers answer no ping; whoever
   * did so on an earlier connection is expected to, until one connection was given up for it: an
   * old peer may have come in its place.
   */
  private boolean isExpectedToAnswer(PeerTable table) {
    answersPings |= table.hasPonged();
    return answersPings;
  }

  private long silence(long now, PeerTable table) {
    return Math.min(now - table.lastFrameAt(), now - watchedFrom);
  }

  private void restart(long now) {
    if (now - due > tuning.retryMost().toNanos()) {
      backoff.reset();
    }
    drop();
    pause(now);
  }

  private void pause(long now) {
    state = State.PAUSING;
    due = now + backoff.next();
  }

  private void drop() {
    owner.drop();
    claims.release(address, this);
    peers = null;
    address = "";
  }

  /** Says nothing of trouble above DEBUG, because the owner gives up and tells somebody itself. */
  Link quiet() {
    troubled = true;
    return this;
  }

  private void trouble(String message, Object... what) {
    if (!troubled) {
      troubled = true;
      LOG.warn(message, what);
    } else {
      LOG.debug(message, what);
    }
  }

  private PeerTable table() {
    if (peers == null) {
      throw new IllegalStateException("no socket in state " + state);
    }
    return peers;
  }
}
