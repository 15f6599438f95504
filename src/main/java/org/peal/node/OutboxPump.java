package org.peal.node;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.peal.PealException;
import org.peal.Threads;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.peal.bus.Published;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.store.Database;
import org.peal.store.OutboxMessage;
import org.peal.store.OutboxRow;
import org.peal.stream.Rows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what waits in the outbox of a node's database, in order; each row goes when its message
 * was accepted, with the same commit where the message is stored here. Rows that cannot be
 * published now stay and are tried again. Thread-safe.
 */
final class OutboxPump implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxPump.class);
  private static final int PAGE = 100;

  /** The bus of rows that are published on ZeroMQ. */
  static final String ZMQ = "zmq";

  /** The bus of rows that are published through a broker. */
  static final String AMQP = "amqp";

  /** Whoever adds rows calls {@link #wake}; this is for those that were added before a crash. */
  private static final long LOOK_MILLIS = 1000;

  private final Database database;
  private final String bus;
  private final Outlet outlet;
  private final Semaphore asked = new Semaphore(0);
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final Thread thread = Threads.daemon("peal-outbox", this::run);
  private volatile boolean isClosed;

  /** Takes the messages. */
  interface Outlet {
    /**
     * Accepts a message.
     *
     * @param row its row, for a publisher that removes it with the commit that stores the message
     * @throws PublishException if it is not accepted
     */
    CompletionStage<Published> publish(Draft draft, OptionalLong row) throws InterruptedException;
  }

  /** Makes one for the rows of one bus. */
  OutboxPump(Database database, String bus, Outlet outlet) {
    this.database = database;
    this.bus = bus;
    this.outlet = outlet;
  }

  void start() {
    thread.start();
  }

  /** Tells that there may be more to publish. */
  void wake() {
    asked.release();
  }

  /** Tells that there is one row more to publish. */
  void added() {
    rows.incrementAndGet();
    wake();
  }

  /** Returns how often a row could not be published. */
  long failed() {
    return failed.get();
  }

  /**
   * Returns how many rows wait, as far as it was told; it counts them when it has tried all, which
   * takes long while nothing is accepted.
   */
  long rows() {
    return rows.get();
  }

  private void run() {
    try {
      while (!isClosed) {
        try {
          rows.set(database.read(snapshot -> snapshot.outbox().size(bus)));
          pumpAll();
        } catch (PealException e) {
          LOG.warn("the outbox cannot be read: {}", e.getMessage());
        }
        if (asked.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          asked.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pumpAll() throws InterruptedException {
    long after = 0;
    boolean isComplete = false;
    while (!isComplete && !isClosed) {
      long from = after;
      List<OutboxRow> page = database.read(snapshot -> snapshot.outbox().next(bus, from, PAGE));
      List<CompletionStage<Published>> stages = new ArrayList<>();
      for (OutboxRow row : page) {
        stages.add(publish(row));
      }
      for (int i = 0; i < page.size(); i++) {
        settle(page.get(i), stages.get(i).toCompletableFuture());
        after = page.get(i).row();
      }
      isComplete = page.size() < PAGE;
    }
  }

  private CompletionStage<Published> publish(OutboxRow row) throws InterruptedException {
    try {
      return outlet.publish(draft(row.message()), OptionalLong.of(row.row()));
    } catch (PublishException e) {
      return CompletableFuture.failedFuture(e);
    } catch (MalformedJsonException e) {
      return CompletableFuture.failedFuture(
          new PublishException(Kind.MALFORMED, String.valueOf(e.getMessage()), e));
    }
  }

  /** Returns what removes a row with the commit that stores its message. */
  static Rows removal(OptionalLong row) {
    return transaction -> row.ifPresent(transaction.outbox()::delete);
  }

  /** Waits for the answer; a row whose message was in the log before is still there. */
  private void settle(OutboxRow row, CompletableFuture<Published> answer)
      throws InterruptedException {
    try {
      answer.get();
      rows.updateAndGet(count -> Math.max(0, count - 1));
      database.write(transaction -> transaction.outbox().delete(row.row()));
    } catch (ExecutionException e) {
      if (failed.getAndIncrement() == 0) {
        LOG.warn(
            "message {} stays in the outbox: {}",
            row.message().id(),
            String.valueOf(requireNonNullElse(e.getCause(), e).getMessage()));
      }
    }
  }

  private static Draft draft(OutboxMessage message) {
    if (!(json(message.headers()) instanceof ObjectNode headers)) {
      throw new PublishException(Kind.MALFORMED, "its headers are not a JSON object", null);
    }
    return new Draft(
        message.topic(),
        json(message.body()),
        headers,
        message.severity(),
        Optional.of(message.id()),
        message.username(),
        message.certPrefix());
  }

  private static JsonNode json(String text) {
    return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }

  @Override
  public void close() {
    isClosed = true;
    wake();
  }
}
