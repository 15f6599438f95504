package org.peal.node;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.peal.PealException;
import org.peal.PealException.Category;
import org.peal.Threads;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.peal.bus.Published;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.metrics.Sample;
import org.peal.store.Database;
import org.peal.store.OutboxMessage;
import org.peal.store.OutboxRow;
import org.peal.stream.Rows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what waits in the outbox of a node's database, in order; each row goes when its message
 * was accepted, with the same commit where the message is stored here. Rows that cannot be
 * published now stay and are tried again, before what comes behind their page. Rows whose messages
 * are refused for good let the others pass ({@link RefusedRows}). Thread-safe.
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
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  /** Touched by the thread alone. */
  private final RefusedRows refusedRows = new RefusedRows(new SplittableRandom());

  private @Nullable String problem;

  private volatile int refused;
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

  /** Tells that a row was added, which counts at once. */
  void added() {
    rows.incrementAndGet();
    wake();
  }

  /** Returns how many rows wait, as far as is known since the last look. */
  long rows() {
    return Math.max(0, rows.get());
  }

  /** Returns how many of them hold messages that were refused for good. */
  int refused() {
    return refused;
  }

  /** Returns how often a message was not accepted; what was not stays and is tried again. */
  long failures() {
    return failures.get();
  }

  /** Returns what it counts under the name that the message-tagging-service has for it. */
  Sample failed() {
    return Sample.counter(
        "messaging_tx_failed",
        "publishes of handlers that failed, each of which is tried again",
        Map.of("bus", bus),
        failures());
  }

  private void run() {
    try {
      while (!isClosed) {
        try {
          pumpAll();
        } catch (PealException | CompletionException e) {
          LOG.warn("the outbox cannot be read or written: {}", e.getMessage());
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
    rows.set(database.read(snapshot -> snapshot.outbox().size(bus)));
    refusedRows.begin(System.nanoTime());
    long after = 0;
    boolean isOver = false;
    while (!isOver && !isClosed) {
      long from = after;
      List<OutboxRow> page = database.read(snapshot -> snapshot.outbox().next(bus, from, PAGE));
      boolean isThrough = publish(page);
      after = page.isEmpty() ? from : page.get(page.size() - 1).row();
      isOver = !isThrough || page.size() < PAGE;
    }
    refusedRows.end(System.nanoTime());
  }

  /** Publishes rows, but for those that were refused lately; tells whether none has to wait. */
  private boolean publish(List<OutboxRow> page) throws InterruptedException {
    List<OutboxRow> due = page.stream().filter(row -> !refusedRows.isSkipped(row.row())).toList();
    List<CompletionStage<Published>> stages = new ArrayList<>();
    for (OutboxRow row : due) {
      stages.add(publish(row));
    }
    List<OutboxRow> published = new ArrayList<>();
    boolean isThrough = true;
    for (int i = 0; i < due.size(); i++) {
      isThrough &= settle(due.get(i), stages.get(i).toCompletableFuture(), published);
    }
    remove(published);
    return isThrough;
  }

  /** Removes rows before the next look, which would publish them again. */
  private void remove(List<OutboxRow> published) {
    if (published.isEmpty()) {
      return;
    }
    database
        .write(
            transaction -> {
              published.forEach(row -> transaction.outbox().delete(row.row()));
              return true;
            })
        .join();
    published.forEach(row -> refusedRows.remove(row.row()));
    refused = refusedRows.size();
    rows.addAndGet(-published.size());
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

  /**
   * Waits for the answer; a row whose message was in the log before is still there. Tells whether
   * what comes behind it may go on.
   */
  private boolean settle(
      OutboxRow row, CompletableFuture<Published> answer, List<OutboxRow> published)
      throws InterruptedException {
    try {
      answer.get();
      published.add(row);
      problem = null;
      return true;
    } catch (ExecutionException e) {
      failures.incrementAndGet();
      Throwable cause = requireNonNullElse(e.getCause(), e);
      boolean isRefusal = note(row, cause);
      // A queue that is full holds up its own messages only.
      return isRefusal || cause instanceof PublishException full && full.kind() == Kind.FULL;
    }
  }

  /** Notes why a row stays; tells whether its message is refused for good. */
  private boolean note(OutboxRow row, Throwable cause) {
    String why = String.valueOf(cause.getMessage());
    boolean isRefusal =
        cause instanceof PealException known && known.category() == Category.PERMANENT;
    boolean isNew = !why.equals(problem);
    if (isRefusal) {
      isNew &= refusedRows.add(row.row());
      refused = refusedRows.size();
    }
    if (isNew) {
      LOG.warn(
          "message {} {} the outbox: {}",
          row.message().id(),
          isRefusal ? "is refused and stays in" : "waits in",
          why);
    }
    problem = why;
    return isRefusal;
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
