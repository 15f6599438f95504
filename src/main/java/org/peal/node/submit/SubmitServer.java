package org.peal.node.submit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.Threads;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.Published;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes drafts of this host's programs on a Unix socket and answers each. One thread serves all
 * clients; none can make another wait but by filling the publisher. Thread-safe.
 */
public final class SubmitServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SubmitServer.class);
  private static final int BUFFER = 1 << 16;

  /** How soon a draft is tried again for which there was no room. */
  private static final long AGAIN_MILLIS = 10;

  private static final long LOOK_MILLIS = 500;

  private record Done(SubmitSession session, Answer answer) {}

  private final SubmitAddress address;
  private final SubmitLimits limits;
  private final Function<Draft, Optional<CompletionStage<Published>>> publisher;
  private final Set<SubmitSession> sessions = new HashSet<>();

  /** Bounded by what the sessions may leave unanswered. */
  private final Queue<Done> answers = new ConcurrentLinkedQueue<>();

  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong turnedAway = new AtomicLong();
  private final Thread thread = Threads.daemon("peal-submit", this::run);
  private @Nullable Selector selector;
  private @Nullable ServerSocketChannel server;
  private volatile boolean isDraining;
  private volatile boolean isClosed;
  private volatile int clients;

  /**
   * Makes a server; it listens after {@link #start()}.
   *
   * @param publisher accepts a draft without waiting; empty if there is no room now
   */
  public SubmitServer(
      Path path,
      SubmitLimits limits,
      Function<Draft, Optional<CompletionStage<Published>>> publisher) {
    this.address = new SubmitAddress(path);
    this.limits = limits;
    this.publisher = publisher;
  }

  /**
   * Listens.
   *
   * @throws IOException if it cannot, naming the socket
   */
  public synchronized void start() throws IOException {
    Selector opened = Selector.open();
    selector = opened;
    ServerSocketChannel listening = address.listen();
    server = listening;
    listening.configureBlocking(false);
    listening.register(opened, SelectionKey.OP_ACCEPT);
    thread.start();
  }

  /** Returns where it listens. */
  public Path path() {
    return address.path();
  }

  /** Returns how many clients are connected. */
  public int clients() {
    return clients;
  }

  /** Returns how many drafts were taken. */
  public long taken() {
    return taken.get();
  }

  /** Returns how many clients were turned away or dropped because they did not read. */
  public long turnedAway() {
    return turnedAway.get();
  }

  private void run() {
    Selector own = selector;
    if (own == null) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    while (!isClosed) {
      try {
        own.select(
            sessions.stream().anyMatch(SubmitSession::isWaiting) ? AGAIN_MILLIS : LOOK_MILLIS);
        turn(own, buffer);
      } catch (ClosedSelectorException e) {
        return;
      } catch (IOException | RuntimeException e) {
        // Whatever one client causes must not end the service for all.
        LOG.warn("taking drafts: {}", e.toString());
      }
    }
  }

  private void turn(Selector own, ByteBuffer buffer) {
    for (SelectionKey key : own.selectedKeys()) {
      if (key.isValid() && key.isAcceptable()) {
        accept(own);
      } else if (key.isValid() && key.isReadable() && key.attachment() instanceof SubmitSession s) {
        attempt(s, session -> session.read(buffer));
      }
    }
    own.selectedKeys().clear();
    for (Done done = answers.poll(); done != null; done = answers.poll()) {
      done.session().answer(done.answer());
    }
    for (SubmitSession session : Set.copyOf(sessions)) {
      attempt(session, this::serve);
    }
    clients = sessions.size();
  }

  private void serve(SubmitSession session) throws IOException {
    if (isDraining) {
      session.endInput();
    }
    session.handOver();
    session.write();
    if (session.isStalled()) {
      turnedAway.incrementAndGet();
      LOG.warn("a client of {} does not read its answers and is dropped", address.path());
      end(session);
    } else if (session.isOver()) {
      end(session);
    } else {
      session.interest();
    }
  }

  private interface Step {
    void run(SubmitSession session) throws IOException;
  }

  private void attempt(SubmitSession session, Step step) {
    try {
      step.run(session);
    } catch (IOException | RuntimeException e) {
      LOG.debug("a client of {} is gone", address.path(), e);
      end(session);
    }
  }

  private void end(SubmitSession session) {
    session.close();
    sessions.remove(session);
  }

  private void accept(Selector own) {
    ServerSocketChannel listening = server;
    try {
      SocketChannel channel = listening == null ? null : listening.accept();
      if (channel == null) {
        return;
      }
      if (sessions.size() >= limits.clients() || isDraining) {
        turnedAway.incrementAndGet();
        channel.close();
        return;
      }
      channel.configureBlocking(false);
      SelectionKey key = channel.register(own, SelectionKey.OP_READ);
      SubmitSession session = new SubmitSession(channel, key, limits, this::take);
      key.attach(session);
      sessions.add(session);
    } catch (IOException e) {
      LOG.warn("a client of {} cannot be accepted: {}", address.path(), e.getMessage());
    }
  }

  private boolean take(SubmitSession session, Submission submission) {
    Optional<CompletionStage<Published>> stage = publisher.apply(submission.draft());
    if (stage.isEmpty()) {
      return false;
    }
    taken.incrementAndGet();
    Consumer<Answer> answered =
        answer -> {
          answers.add(new Done(session, answer));
          wake();
        };
    stage
        .get()
        .whenComplete(
            (published, failure) ->
                answered.accept(answer(submission.number(), published, failure)));
    return true;
  }

  private static Answer answer(
      long number, @Nullable Published published, @Nullable Throwable failure) {
    if (published != null) {
      return new Answer.Accepted(number, published);
    }
    Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
    return cause instanceof PublishException known
        ? Answer.Refused.of(number, known)
        : new Answer.Refused(number, "broken", "not accepted: " + cause, true);
  }

  private void wake() {
    Selector own = selector;
    if (own != null && own.isOpen()) {
      own.wakeup();
    }
  }

  /** Takes no more clients and waits until those that are there have got their answers. */
  public void drain(Deadline deadline) throws InterruptedException {
    isDraining = true;
    address.remove();
    while (clients > 0 && thread.isAlive() && deadline.left().toMillis() > 0) {
      wake();
      thread.join(Math.min(AGAIN_MILLIS, deadline.left().toMillis()));
    }
  }

  @Override
  public void close() {
    isClosed = true;
    wake();
    try {
      thread.join(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    release();
  }

  private synchronized void release() {
    sessions.forEach(SubmitSession::close);
    try {
      if (server != null) {
        server.close();
        server = null;
        if (!isDraining) {
          address.remove();
        }
      }
      if (selector != null) {
        selector.close();
      }
    } catch (IOException e) {
      LOG.debug("closing {}", address.path(), e);
    }
  }
}
