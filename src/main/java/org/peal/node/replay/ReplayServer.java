package org.peal.node.replay;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.peal.Deadline;
import org.peal.PealException;
import org.peal.Threads;
import org.peal.bus.zmq.Question;
import org.peal.bus.zmq.Responder;
import org.peal.bus.zmq.ResponderOptions;
import org.peal.bus.zmq.ResponderStatus;
import org.peal.bus.zmq.ZmqException;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.endpoint.Endpoint;
import org.peal.store.MessageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives others the messages that they missed, out of this node's log, as fedmsg's replay server
 * does, and in pages to those who ask for them.
 *
 * <p>Thread-safe. Questions are looked at by a few threads of its own; what waits, what a host may
 * ask, and what an answer may weigh is bounded.
 */
public final class ReplayServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReplayServer.class);
  private static final int THREADS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Answers of full size that may wait for slow readers. */
  private static final int UNSENT_ANSWERS = 8;

  private final ReplayAnswers answers;
  private final RateLimit rate;
  private final ThreadPoolExecutor workers;
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Responder responder;

  /**
   * How a server fares. Immutable.
   *
   * @param refused questions that were answered with an error because of too many of them
   * @param failed questions that were answered with an error because something broke
   * @param messages messages that were in the answers
   * @param responder the socket
   */
  public record Status(long refused, long failed, long messages, ResponderStatus responder) {}

  private ReplayServer(
      ZmqTransport transport, ReplayConfig config, Duration patience, ReplayAnswers answers) {
    this.answers = answers;
    this.rate = new RateLimit(config.rate());
    this.workers =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(config.maxPending()),
            Threads.factory("peal-replay"));
    workers.allowCoreThreadTimeOut(true);
    ResponderOptions options =
        new ResponderOptions(
            config.maxQuestion(),
            config.maxClients(),
            (long) UNSENT_ANSWERS * config.maxBytes(),
            patience);
    this.responder = transport.bindResponder(config.in(), options, this::take);
  }

  /**
   * Begins to answer.
   *
   * @param store the log; read by several threads
   * @param retention how long messages are kept at least, if age ends them; told to those who ask
   *     in pages
   * @throws ZmqException if the address cannot be listened on
   */
  public static ReplayServer open(
      ZmqTransport transport,
      ReplayConfig config,
      MessageStore store,
      Optional<Duration> retention) {
    return open(transport, config, store, retention, PATIENCE);
  }

  static ReplayServer open(
      ZmqTransport transport,
      ReplayConfig config,
      MessageStore store,
      Optional<Duration> retention,
      Duration patience) {
    return new ReplayServer(
        transport,
        config,
        patience,
        new ReplayAnswers(store, config.maxMessages(), config.maxBytes(), retention));
  }

  /** Takes a question on the loop thread. */
  private void take(Question question) {
    if (!rate.permits(question.host(), System.nanoTime())) {
      refuse(question);
      return;
    }
    try {
      workers.execute(() -> answer(question));
    } catch (RejectedExecutionException e) {
      if (workers.isShutdown()) {
        question.answer(ReplayError.BUSY.frames());
      } else {
        refuse(question);
      }
    }
  }

  private void refuse(Question question) {
    long count = refused.incrementAndGet();
    if (Long.bitCount(count) == 1) {
      LOG.warn("too many replay questions: {} refused so far", count);
    }
    question.answer(ReplayError.BUSY.frames());
  }

  private void answer(Question question) {
    try {
      question.answer(answers.to(question.body()));
    } catch (RuntimeException | StackOverflowError e) {
      tell(e);
      question.answer(ReplayError.BROKEN.frames());
    }
  }

  /** Says what broke, each time that it happened twice as often. */
  private void tell(Throwable e) {
    long count = failed.incrementAndGet();
    if (Long.bitCount(count) != 1) {
      return;
    }
    if (e instanceof PealException) {
      LOG.warn("replay questions cannot be answered, {} so far: {}", count, e.getMessage());
    } else {
      LOG.warn("replay questions cannot be answered, {} so far", count, e);
    }
  }

  /** Returns the address with its real port. */
  public Endpoint address() {
    return responder.boundAddress();
  }

  /** Returns a snapshot. */
  public Status status() {
    return new Status(refused.get(), failed.get(), answers.messages(), responder.status());
  }

  /** Answers what was asked before, and tells those who ask now to ask again later. */
  public void drain(Deadline deadline) throws InterruptedException {
    workers.shutdown();
    if (!workers.awaitTermination(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
      LOG.warn("replay questions were left without an answer");
    }
  }

  /** Stops answering; what is under way is dropped. Idempotent. */
  @Override
  public void close() {
    responder.close();
    workers.shutdown();
  }
}
