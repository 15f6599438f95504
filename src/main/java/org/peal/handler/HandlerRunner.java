package org.peal.handler;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.peal.metrics.Sample;
import org.peal.store.JournalEntry;
import org.peal.store.StateStore;
import org.peal.store.Transaction;
import org.peal.stream.Rows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one handler, whichever bus its messages come by: one at a time, one committed outcome for
 * each. What the handler publishes and remembers is committed with the outcome. Thread-safe.
 *
 * <p>Before a message is handed over, that it is handed over is committed, so that a sudden death
 * is noticed: what was in hand then is handed over again, and marked.
 */
public final class HandlerRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HandlerRunner.class);
  private static final int PAGE = 100;
  private static final int PURGE_CHUNK = 1000;

  private final StateStore store;
  private final HandlerTerms terms;
  private final Handler handler;
  private final InstantSource clock;
  private final Claims claims;
  private final Room room;
  private final Handover handover;
  private final HandlerTally tally = new HandlerTally();

  /** Held from the decision to hand a message over until its outcome is on its way to the store. */
  private final ReentrantLock atWork = new ReentrantLock(true);

  private final AtomicBoolean isClosed = new AtomicBoolean();

  /**
   * Makes a runner.
   *
   * @param store stays the caller's, to be closed after this
   * @param handler closed by this
   * @param published run when there is something new in the outbox
   */
  public HandlerRunner(
      StateStore store,
      HandlerTerms terms,
      Handler handler,
      InstantSource clock,
      RandomGenerator random,
      Runnable published) {
    this.store = store;
    this.terms = terms;
    this.handler = handler;
    this.clock = clock;
    this.claims = new Claims(terms);
    this.room = new Room(terms, clock);
    this.handover = new Handover(store, terms, handler, clock, random, tally, published, room::end);
  }

  /** Returns the terms on which the handler runs. */
  public HandlerTerms terms() {
    return terms;
  }

  /**
   * Takes a message and commits what comes of it; waits while too many are to be tried again.
   *
   * @param isRedelivered whether the bus has handed it over before, perhaps to another process
   * @return what the bus may do with the message, completed when the outcome is committed; with a
   *     failure if it could not be
   * @throws org.peal.store.StoreException if nothing can be committed
   */
  public CompletableFuture<Fate> accept(Message message, boolean isRedelivered) {
    Pending pending = new Pending();
    return take(message, isRedelivered, pending)
        ? pending.committed
        : CompletableFuture.completedFuture(Fate.KEEP);
  }

  /** Commits rows on their own. */
  private final class Pending implements Recorder {
    private CompletableFuture<Fate> committed = CompletableFuture.completedFuture(Fate.FORGET);

    @Override
    public void record(Rows rows, Optional<Outcome> outcome) {
      if (rows != Rows.NONE) {
        boolean isDropped = outcome.filter(Outcome.Drop.class::isInstance).isPresent();
        committed = write(rows).thenApply(done -> isDropped ? Fate.REJECT : Fate.FORGET);
      }
    }
  }

  private CompletableFuture<Boolean> write(Rows rows) {
    return store
        .write(
            t -> {
              rows.write(t);
              return true;
            })
        .whenComplete(
            (done, error) -> {
              if (error == null) {
                rows.committed();
              }
            });
  }

  /**
   * Takes a message; waits while too many are to be tried again.
   *
   * @param recorder is given once, within this call, what is to be committed
   * @return false if it was not taken because this is at its end; the recorder was then not called
   */
  boolean take(Message message, Consumer<Rows> recorder) {
    return take(message, false, (rows, outcome) -> recorder.accept(rows));
  }

  private boolean take(Message message, boolean isRedelivered, Recorder recorder) {
    if (handover.isOver()) {
      return false;
    }
    if (!terms.wants(message.topic())) {
      tally.passedOver();
      recorder.record(Rows.NONE, Optional.empty());
      return true;
    }
    Taking taking = tryTaking(message, isRedelivered, recorder);
    while (taking == Taking.CROWDED && room.await(this::hasRoom)) {
      taking = tryTaking(message, isRedelivered, recorder);
    }
    return taking == Taking.DONE;
  }

  /** What came of trying to take a message. */
  private enum Taking {
    DONE,
    CROWDED,
    OVER
  }

  /**
   * What waits is handed over again meanwhile, so nothing is held while a new one waits for room.
   */
  private Taking tryTaking(Message message, boolean isRedelivered, Recorder recorder) {
    atWork.lock();
    try {
      MessageKeys keys = keys(message);
      Claim claim = decide(t -> claims.first(t, keys, message, isRedelivered, clock.instant()));
      if (claim instanceof Claim.Crowded) {
        return Taking.CROWDED;
      }
      if (claim instanceof Claim.Taken taken) {
        return handover.hand(taken, keys, message, recorder) ? Taking.DONE : Taking.OVER;
      }
      tell(claim);
      recorder.record(Rows.NONE, Optional.empty());
      return Taking.DONE;
    } finally {
      atWork.unlock();
    }
  }

  private boolean hasRoom() {
    return store.<Boolean>read(snapshot -> claims.hasRoom(snapshot.journal()));
  }

  private MessageKeys keys(Message message) {
    Optional<String> own = Optional.empty();
    try {
      own = handler.key(message);
    } catch (RuntimeException e) {
      LOG.warn("handler {} has no key for message {}: {}", terms.name(), message.id(), e);
    }
    return MessageKeys.of(terms.name(), message, own);
  }

  private Claim decide(Function<Transaction, Claim> decision) {
    try {
      return store.<Claim>write(decision).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void tell(Claim claim) {
    if (claim instanceof Claim.PutAside) {
      tally.putAside();
    } else {
      tally.duplicate();
    }
  }

  /** Learns that messages are lost; what the handler does about it is given to the recorder. */
  void lost(LostMessages lost, Consumer<Rows> recorder) {
    atWork.lock();
    try {
      recorder.accept(handover.lost(lost));
    } finally {
      atWork.unlock();
    }
  }

  /** Hands over again what is due. */
  public void retryDue() {
    List<JournalEntry> page = due();
    while (!page.isEmpty() && !handover.isOver()) {
      page.forEach(this::retry);
      page = page.size() < PAGE ? List.of() : due();
    }
  }

  private List<JournalEntry> due() {
    Instant now = clock.instant();
    return handover.isOver()
        ? List.of()
        : store.read(snapshot -> snapshot.journal().due(terms.name(), now, PAGE));
  }

  private void retry(JournalEntry entry) {
    atWork.lock();
    try {
      if (handover.isOver()) {
        return;
      }
      Message message;
      try {
        message = MessageJson.read(entry.message());
      } catch (IllegalArgumentException e) {
        // It would meet every later start, and nothing else be handled.
        tell(decide(t -> Claims.unreadable(t, entry, e, clock.instant())));
        return;
      }
      retry(entry, message);
    } finally {
      atWork.unlock();
    }
  }

  private void retry(JournalEntry entry, Message message) {
    MessageKeys keys = keys(message);
    Claim claim = decide(t -> claims.again(t, entry.id(), keys, clock.instant()));
    if (claim instanceof Claim.Taken taken) {
      handover.hand(taken, keys, message, (rows, outcome) -> commit(rows));
    } else if (claim instanceof Claim.PutAside) {
      tell(claim);
    }
  }

  private void commit(Rows rows) {
    write(rows)
        .exceptionally(
            e -> {
              LOG.error("handler {}: an outcome could not be stored: {}", terms.name(), e);
              return false;
            });
  }

  /** Forgets outcomes that are so old that a copy of their message would go to review. */
  void forgetOld() {
    Instant before = clock.instant().minus(terms.window());
    int purged = PURGE_CHUNK;
    while (purged == PURGE_CHUNK && !handover.isOver()) {
      purged = store.write(t -> t.outcomes().purge(terms.name(), before, PURGE_CHUNK)).join();
    }
  }

  /** Has the handler read again what it has read from outside. */
  public void reload() {
    try {
      handler.reload();
    } catch (RuntimeException e) {
      LOG.error("handler {} cannot read again what it goes by", terms.name(), e);
    }
  }

  /** Returns what the handler itself has counted. */
  public List<Sample> samples() {
    return handler.samples();
  }

  /** Returns what the handler itself says to keep it from its work. */
  List<String> troubles() {
    return Stream.concat(handler.troubles().stream(), room.trouble().stream())
        .map(text -> "handler " + terms.name() + ": " + text)
        .toList();
  }

  /** Returns how the handler fares. */
  public HandlerStatus status() {
    return handover.status();
  }

  /** Takes nothing that would have to wait for room. */
  void drain() {
    room.end();
  }

  /**
   * Hands over nothing more and waits for no answer; what is in hand comes again at the next start.
   */
  @Override
  public void close() {
    boolean isFirst = !isClosed.getAndSet(true);
    handover.stop();
    room.end();
    if (isFirst && handover.end()) {
      handler.close();
    }
  }
}
