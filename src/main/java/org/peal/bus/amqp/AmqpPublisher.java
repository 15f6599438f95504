package org.peal.bus.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.AMQConnection;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.peal.Threads;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.peal.bus.Published;
import org.peal.bus.Publisher;
import org.peal.schema.Schemas;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes to an exchange of a broker with confirms, many at a time. Thread-safe.
 *
 * <p>A message is published when the broker has confirmed it. One that is not confirmed when the
 * connection is lost is sent again with the same id, so it may be there twice; the order stays. A
 * message that is not confirmed within {@code amqp.publish-timeout} fails, and may be there all the
 * same. Login, exchange and topic that the broker refuses fail at once.
 *
 * <p>At most {@code amqp.window} messages are under way; then {@link #publish} waits, as long as a
 * message may take. Answers come on one thread of the publisher, which nobody may hold up.
 *
 * <p>Topics are published as they are: {@code amqp.topic-prefix} is for whoever makes them.
 */
public final class AmqpPublisher implements Publisher {

  private static final Logger LOG = LoggerFactory.getLogger(AmqpPublisher.class);
  private static final long CLOSE_MILLIS = 5_000;
  private static final String CLOSED = "the publisher was closed before the broker confirmed";

  private final String exchange;
  private final Mandatory mandatory;
  private final Duration patience;
  private final MessageMaker maker;
  private final boolean isCallerTelling;
  private final int size;
  private final Semaphore room;
  private final ConfirmWindow window = new ConfirmWindow();
  private final AmqpLink link;
  private final Complaints complaints = new Complaints();
  private final ExecutorService answers =
      Executors.newSingleThreadExecutor(Threads.factory("peal-amqp-answers"));
  private final Thread sender = Threads.daemon("peal-amqp-send", this::send);

  /** Tells the sender that there is something to do. */
  private final Semaphore work = new Semaphore(0);

  private final AtomicLong published = new AtomicLong();
  private final AtomicLong unroutable = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile @Nullable Channel channel;

  /** Set when nothing more is accepted. */
  private volatile boolean isClosed;

  /** Set when nothing more is sent. */
  private volatile boolean isEnded;

  private AmqpPublisher(
      AmqpConfig config,
      String exchange,
      Mandatory mandatory,
      Schemas schemas,
      boolean isCallerTelling) {
    this.isCallerTelling = isCallerTelling;
    this.exchange = exchange;
    this.mandatory = mandatory;
    this.patience = config.publishTimeout();
    this.maker = new MessageMaker(schemas, config.publishPriority(), InstantSource.system());
    this.size = config.windowSize();
    this.room = new Semaphore(size, true);
    this.link =
        new AmqpLink("publish", new AmqpConnector(config), config.reconnectMost(), new LinkUser());
  }

  /** Starts a publisher to the configured exchange; it connects in the background. */
  public static AmqpPublisher start(AmqpConfig config, Schemas schemas) {
    return start(config, config.publishExchange(), config.mandatory(), schemas);
  }

  /** Starts a publisher to another exchange, or with another policy for unroutable messages. */
  public static AmqpPublisher start(
      AmqpConfig config, String exchange, Mandatory mandatory, Schemas schemas) {
    return started(new AmqpPublisher(config, exchange, mandatory, schemas, false));
  }

  /**
   * Starts a publisher for somebody who tells people of every message that fails: the log keeps
   * quiet about a login that is refused. Otherwise as {@link #start(AmqpConfig, Schemas)}.
   */
  public static AmqpPublisher startQuietly(AmqpConfig config, Schemas schemas) {
    return started(
        new AmqpPublisher(config, config.publishExchange(), config.mandatory(), schemas, true));
  }

  private static AmqpPublisher started(AmqpPublisher publisher) {
    publisher.sender.start();
    publisher.link.start();
    return publisher;
  }

  @Override
  public CompletionStage<Published> publish(Draft draft) {
    try {
      return publish(maker.make(draft));
    } catch (PublishException e) {
      return refused(e);
    }
  }

  /** Publishes a message as it is; it must have an id. Otherwise as {@link #publish(Draft)}. */
  public CompletionStage<Published> publish(AmqpMessage message) {
    try {
      return publish(EncodedMessage.of(message));
    } catch (IllegalArgumentException e) {
      return refused(new PublishException(Kind.MALFORMED, String.valueOf(e.getMessage()), null));
    }
  }

  /** Publishes a message that was encoded before. Otherwise as {@link #publish(Draft)}. */
  public CompletionStage<Published> publish(EncodedMessage message) {
    try {
      if (!isClosed && !room.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return refused(new PublishException(Kind.FULL, full(), null));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused(new PublishException(Kind.CLOSED, "interrupted", e));
    }
    if (isClosed) {
      return refused(new PublishException(Kind.CLOSED, "the publisher is closed", null));
    }
    Pending pending = new Pending(message, System.nanoTime() + patience.toNanos());
    window.add(pending);
    work.release();
    if (isEnded) {
      fail(window.all(), Kind.CLOSED, CLOSED);
    }
    return pending.answer;
  }

  private CompletionStage<Published> refused(PublishException e) {
    failed.incrementAndGet();
    return CompletableFuture.failedFuture(e);
  }

  private String full() {
    return "%d messages are under way and none was confirmed within %d s%s"
        .formatted(size, patience.toSeconds(), because());
  }

  private String because() {
    return link.problem()
        .map(problem -> ": " + problem.text())
        .or(() -> link.blocked().map(why -> ": the broker takes nothing: " + why))
        .orElse("");
  }

  /** Sends what waits; a channel that takes nothing holds up this thread alone. */
  private void send() {
    try {
      while (!isEnded) {
        work.acquire();
        work.drainPermits(); // what they stand for is done in one go
        Channel current = channel;
        if (current != null && current.isOpen()) {
          sendAll(current);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends what waits, in as few pieces as the buffer of the socket allows. */
  private void sendAll(Channel current) {
    boolean isSent = false;
    GuardedFrames.hold(true);
    try {
      while (!isEnded && current.isOpen() && sendOne(current)) {
        isSent = true;
      }
    } finally {
      GuardedFrames.hold(false);
    }
    if (isSent && current.getConnection() instanceof AMQConnection connection) {
      flush(connection);
    }
  }

  private static void flush(AMQConnection connection) {
    try {
      connection.flush();
    } catch (IOException | ShutdownSignalException e) {
      LOG.debug("what was sent is lost with its connection, and is sent again", e);
    }
  }

  private boolean sendOne(Channel current) {
    long number = current.getNextPublishSeqNo();
    Optional<Pending> next = window.send(number);
    if (next.isEmpty()) {
      return false;
    }
    Pending pending = next.get();
    try {
      current.basicPublish(
          exchange, pending.topic, mandatory != Mandatory.OFF, pending.properties, pending.body);
      return true;
    } catch (IOException | ShutdownSignalException e) {
      window.notSent(number, pending);
      return false;
    }
  }

  private void confirmed(long number, boolean multiple) {
    List<Pending> confirmed = new ArrayList<>();
    for (Pending pending : window.answered(number, multiple)) {
      if (pending.isReturned && mandatory == Mandatory.FAIL) {
        fail(List.of(pending), Kind.RETURNED, noQueue(pending.topic));
      } else {
        if (pending.isReturned) {
          unroutable.incrementAndGet();
          complaints.warn("unroutable " + pending.topic, "{}", noQueue(pending.topic));
        }
        confirmed.add(pending);
      }
    }
    published.addAndGet(confirmed.size());
    room.release(confirmed.size());
    answer(() -> confirmed.forEach(Pending::succeed));
    work.release();
  }

  private String noQueue(String topic) {
    return "no queue takes topic \"" + topic + "\" of exchange \"" + exchange + "\"";
  }

  private void refused(long number, boolean multiple) {
    fail(window.answered(number, multiple), Kind.FULL, "the broker has refused the message");
    work.release();
  }

  private void fail(List<Pending> messages, Kind kind, String why) {
    for (Pending pending : messages) {
      failed.incrementAndGet();
      room.release();
      PublishException e = new PublishException(kind, why, null);
      answer(() -> pending.answer.completeExceptionally(e));
    }
  }

  private void channelClosed(Channel closed, ShutdownSignalException why) {
    synchronized (this) {
      if (channel != closed) {
        return;
      }
      channel = null;
    }
    boolean isBlamed = !why.isHardError() && !why.isInitiatedByApplication();
    window
        .channelClosed(isBlamed)
        .ifPresent(
            culprit ->
                fail(
                    List.of(culprit),
                    kind(AmqpProblem.code(why).orElse(0)),
                    "the broker refuses topic \"%s\" of exchange \"%s\": %s"
                        .formatted(culprit.topic, exchange, AmqpProblem.reason(why))));
    link.wake();
  }

  private static Kind kind(int code) {
    return switch (code) {
      case 403 -> Kind.FORBIDDEN;
      case 404 -> Kind.RETURNED;
      default -> Kind.MALFORMED;
    };
  }

  /** Returns how it fares. */
  public PublisherStatus status() {
    return new PublisherStatus(
        channel != null,
        link.problem(),
        link.blocked(),
        size - room.availablePermits(),
        published.get(),
        unroutable.get(),
        failed.get(),
        window.repeated(),
        link.connects());
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      if (room.tryAcquire(size, CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        room.release(size);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    isEnded = true;
    work.release();
    link.close();
    fail(window.all(), Kind.CLOSED, CLOSED);
    answers.shutdown();
  }

  /** Lets nobody who waits for an answer hold up the connection. */
  private void answer(Runnable answer) {
    try {
      answers.execute(answer);
    } catch (RejectedExecutionException e) {
      answer.run(); // closed: there is nothing left to hold up
    }
  }

  /** Opens the channel, and looks after deadlines. */
  private final class LinkUser implements AmqpLink.User {

    @Override
    public void connected(Connection connection) throws IOException {
      openChannel(connection);
    }

    private void openChannel(Connection connection) throws IOException {
      Channel opened = connection.createChannel();
      if (opened == null) {
        throw new IOException("the broker allows no more channels");
      }
      opened.confirmSelect();
      opened.addConfirmListener(AmqpPublisher.this::confirmed, AmqpPublisher.this::refused);
      opened.addReturnListener(
          returned -> window.returned(String.valueOf(returned.getProperties().getMessageId())));
      channel = opened;
      opened.addShutdownListener(why -> channelClosed(opened, why));
      work.release();
    }

    @Override
    public void tick(Connection connection) throws IOException {
      expire();
      if (channel == null && connection.isOpen()) {
        openChannel(connection);
      }
    }

    private void expire() {
      fail(
          window.expired(System.nanoTime()),
          Kind.TIMED_OUT,
          "not confirmed within " + patience.toSeconds() + " s" + because());
    }

    @Override
    public boolean disconnected(AmqpProblem why) {
      if (why.kind() != AmqpProblem.Kind.REFUSED) {
        expire();
        return false;
      }
      fail(window.all(), Kind.FORBIDDEN, why.text());
      return isCallerTelling;
    }

    @Override
    public void idle() {
      expire();
    }
  }
}
