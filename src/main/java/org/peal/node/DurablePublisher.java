package org.peal.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.Deadline;
import org.peal.PealException.Category;
import org.peal.Threads;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.peal.bus.Published;
import org.peal.bus.Publisher;
import org.peal.crypto.Signer;
import org.peal.json.CanonicalJson;
import org.peal.message.Envelope;
import org.peal.message.EnvelopeFactory;
import org.peal.message.MessageId;
import org.peal.message.PealHeaders;
import org.peal.store.StoreException;
import org.peal.stream.Rows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts messages: numbers them, signs them on all cores, stores them in order, and only then
 * sends them. What was not stored was not accepted; what was sent can be replayed. Thread-safe.
 *
 * <p>The number is part of what is signed. When a message cannot be signed, it fails, and with it
 * every one that was numbered after it, because their signatures hold numbers that now have another
 * use; so the log never gets a hole. What is ready while a commit is under way makes up the next,
 * which the store begins while what was stored is told.
 */
public final class DurablePublisher implements Publisher {

  private static final Logger LOG = LoggerFactory.getLogger(DurablePublisher.class);

  private static final Duration CLOSING = Duration.ofSeconds(10);

  /**
   * What a publisher has done so far. Immutable.
   *
   * @param accepted messages that were stored, or sent if nothing is stored
   * @param refused messages that were not accepted, dropped ones included
   * @param dropped messages that were given up for want of room
   * @param underWay messages that were numbered and are not yet stored
   * @param underWayBytes what all that were let in and have no answer yet weigh
   * @param problem why nothing is accepted at present
   * @param isStopped whether nothing ever will be
   */
  record Status(
      long accepted,
      long refused,
      long dropped,
      int underWay,
      long underWayBytes,
      Optional<String> problem,
      boolean isStopped) {}

  private final Journal journal;
  private final Signers signers;
  private final EnvelopeFactory envelopes;
  private final ObjectNode ownHeaders;
  private final PublishLimits limits;
  private final Consumer<List<PublishedFrames>> outlet;
  private final boolean isNumbered;

  private final Admission admission;
  private final Map<MessageId, CompletableFuture<Published>> underWay = new ConcurrentHashMap<>();
  private final ExecutorService workers;
  private final Thread committer = Threads.daemon("peal-publish", this::run);

  /** Held by the thread that sends, where nothing is stored. */
  private final Semaphore sending = new Semaphore(1);

  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  private final SlotRing ring;

  /** Used by the committer only. */
  private final Commits commits;

  private volatile @Nullable PublishException problem;

  /**
   * Makes a publisher; it accepts nothing before {@link #start()}.
   *
   * @param ownHeaders the headers that each message gets beside its own
   * @param outlet takes what was stored, in order, one batch at a time; must not wait for readers.
   *     Where nothing is stored it is called by the threads that publish or sign.
   */
  DurablePublisher(
      Journal journal,
      Signers signers,
      EnvelopeFactory envelopes,
      ObjectNode ownHeaders,
      PublishLimits limits,
      Consumer<List<PublishedFrames>> outlet) {
    this.journal = journal;
    this.signers = signers;
    this.envelopes = envelopes;
    this.ownHeaders = ownHeaders;
    this.limits = limits;
    this.outlet = outlet;
    this.isNumbered = journal.stream().isPresent();
    this.ring = new SlotRing(journal::lastSequenceId);
    this.commits = new Commits(journal, ring::wake);
    this.admission = new Admission(limits);
    this.workers =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(), Threads.factory("peal-sign"));
  }

  /** Starts storing and sending. */
  void start() {
    if (isNumbered) {
      committer.start();
    }
  }

  @Override
  public CompletionStage<Published> publish(Draft draft) {
    try {
      requireOwnHeadersFree(draft);
    } catch (PublishException e) {
      refused.incrementAndGet();
      return CompletableFuture.failedFuture(e);
    }
    return publish(draft, Rows.NONE);
  }

  /**
   * Accepts a message of another part of the node, which may have headers that begin with {@code
   * peal-}; its rows go with the commit that stores it.
   *
   * @param rows not written if the log has the message already
   * @see #publish(Draft)
   */
  CompletionStage<Published> publish(Draft draft, Rows rows) {
    Admission.Pass pass;
    try {
      pass = admission.enter(DraftWeight.of(draft));
    } catch (PublishException e) {
      refused.incrementAndGet();
      return CompletableFuture.failedFuture(e);
    }
    return admit(draft, rows, pass);
  }

  /**
   * Accepts a message without ever waiting.
   *
   * @return empty if there is no room now and the policy is to wait
   */
  Optional<CompletionStage<Published>> offer(Draft draft) {
    if (admission.isWaitedFor()) {
      return admission.tryEnter(DraftWeight.of(draft)).map(pass -> admitForeign(draft, pass));
    }
    return Optional.of(publish(draft));
  }

  private CompletionStage<Published> admitForeign(Draft draft, Admission.Pass pass) {
    try {
      requireOwnHeadersFree(draft);
    } catch (PublishException e) {
      pass.giveBack();
      refused.incrementAndGet();
      return CompletableFuture.failedFuture(e);
    }
    return admit(draft, Rows.NONE, pass);
  }

  /** Goes on with a message that was let in, until its answer is there. */
  private CompletionStage<Published> admit(Draft draft, Rows rows, Admission.Pass pass) {
    CompletableFuture<Published> answer = new CompletableFuture<>();
    CompletableFuture<Published> other =
        draft.id().map(id -> underWay.putIfAbsent(id, answer)).orElse(null);
    if (other != null) {
      pass.giveBack();
      return other;
    }
    answer.whenComplete((published, failure) -> pass.giveBack());
    try {
      // Whoever held the id before gave it back after its commit, so the log shows it by now.
      Optional<Published> stored = draft.id().flatMap(journal::find);
      if (stored.isPresent()) {
        underWay.remove(stored.get().id());
        answer.complete(stored.get());
      } else {
        enqueue(draft, signers.of(draft), rows, answer);
      }
    } catch (PublishException e) {
      refuse(draft.id(), answer, e);
    } catch (StoreException e) {
      refuse(draft.id(), answer, broken(e));
    } catch (RuntimeException e) {
      refuse(draft.id(), answer, new PublishException(Kind.BROKEN, "not accepted: " + e, e));
    }
    return answer;
  }

  private static void requireOwnHeadersFree(Draft draft) {
    draft
        .headers()
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (name.startsWith(PealHeaders.PREFIX)) {
                throw new PublishException(
                    Kind.FORBIDDEN,
                    "header \"" + name + "\" is not allowed: peal-* is set by the node",
                    null);
              }
            });
  }

  private void enqueue(
      Draft draft, Optional<Signer> signer, Rows rows, CompletableFuture<Published> answer) {
    Slot slot =
        ring.add(
            number ->
                new Slot(
                    envelope(draft, isNumbered ? OptionalLong.of(number) : OptionalLong.empty()),
                    rows,
                    answer,
                    unsigned -> payload(unsigned, signer),
                    isNumbered ? ring::wake : this::sendReady));
    if (signer.isPresent()) {
      workers.execute(slot::run);
    } else {
      // The text alone takes less than another thread takes to wake up.
      slot.run();
    }
  }

  private Envelope envelope(Draft draft, OptionalLong number) {
    ObjectNode headers = draft.headers().deepCopy();
    headers.setAll(ownHeaders);
    return envelopes.create(
        draft.topic(), draft.body(), headers, draft.id(), draft.username(), number);
  }

  private byte[] payload(Envelope unsigned, Optional<Signer> signer) {
    ObjectNode tree = unsigned.tree();
    byte[] payload = CanonicalJson.write(signer.isPresent() ? signer.get().sign(tree) : tree);
    if (payload.length > limits.largest()) {
      throw new MessageTooLargeException(payload.length, limits.largest());
    }
    return payload;
  }

  private void run() {
    try {
      while (advance()) {
        // Until there is nothing left and nothing comes.
      }
    } catch (InterruptedException e) {
      giveUp(SlotRing.closed());
    } catch (RuntimeException | Error e) {
      stopByFault(e);
    }
  }

  private PublishException stopByFault(Throwable fault) {
    LOG.error("publishing has stopped by a fault of peal itself", fault);
    PublishException why =
        new PublishException(Kind.BROKEN, "publishing has stopped: " + fault, fault);
    giveUp(why);
    return why;
  }

  /**
   * Sends what is ready, unless another thread does; that one looks again before it leaves. Nobody
   * waits for a commit here, so that a message need not change threads.
   */
  private void sendReady() {
    while (ring.isReady() && sending.tryAcquire()) {
      try {
        ring.poll().ifPresent(this::send);
      } finally {
        sending.release();
      }
    }
  }

  private void send(SlotRing.Batch batch) {
    try {
      if (batch.failure() == null) {
        accept(batch.slots());
      } else {
        abandon(batch.slots(), batch.failure());
      }
    } catch (RuntimeException | Error e) {
      PublishException why = stopByFault(e);
      batch.slots().forEach(slot -> fail(slot, why));
    }
  }

  /** What is on its way to the disk may get there, as after a sudden death. */
  private void giveUp(PublishException why) {
    stop(why);
    commits.takeAll().forEach(slot -> fail(slot, why));
  }

  /** Does what comes next; tells whether more may come. */
  private boolean advance() throws InterruptedException {
    if (commits.isEmpty()) {
      return begin(ring.next());
    }
    List<Slot> behind =
        commits.hasRoom() ? ring.nextBehind(commits::isOldestOver) : List.<Slot>of();
    if (behind.isEmpty()) {
      end();
    } else {
      commits.begin(behind);
    }
    return true;
  }

  private boolean begin(SlotRing.Batch batch) {
    if (batch.failure() != null) {
      abandon(batch.slots(), batch.failure());
    } else if (!batch.isEnd()) {
      commits.begin(batch.slots());
    }
    return !batch.isEnd();
  }

  /** Waits for the end of the oldest commit and tells everybody. */
  private void end() {
    Optional<StoreException> failure = commits.failure();
    if (failure.isPresent()) {
      failAll(failure.get());
    } else {
      commits.oldest().forEach(slot -> slot.rows().committed());
      accept(commits.oldest());
      commits.removeOldest();
    }
  }

  private void accept(List<Slot> batch) {
    if (problem != null) {
      problem = null;
      LOG.info("messages are accepted again");
    }
    outlet.accept(batch.stream().map(Slot::frames).toList());
    accepted.addAndGet(batch.size());
    for (Slot slot : batch) {
      underWay.remove(slot.id());
      slot.answer().complete(slot.published());
    }
  }

  /** The store takes nothing: neither the oldest commit nor what came after it is accepted. */
  private void failAll(StoreException cause) {
    boolean isForGood = cause.category() == Category.FATAL;
    PublishException why = broken(cause);
    if (problem == null) {
      String until = isForGood ? " before a restart" : "";
      LOG.error("no message is accepted{}: {}", until, cause.getMessage());
    }
    problem = why;
    List<Slot> all = commits.takeFailed();
    all.addAll(isForGood ? ring.stop(why) : ring.stepBack());
    all.forEach(slot -> fail(slot, why));
  }

  private static PublishException broken(StoreException cause) {
    return new PublishException(Kind.BROKEN, "not accepted: " + cause.getMessage(), cause);
  }

  private void abandon(List<Slot> slots, Throwable cause) {
    fail(slots.get(0), unsigned(cause));
    PublishException overtaken =
        new PublishException(
            Kind.OVERTAKEN, "a message before this one failed; send this one again", cause);
    slots.stream().skip(1).forEach(slot -> fail(slot, overtaken));
  }

  private static PublishException unsigned(Throwable cause) {
    if (cause instanceof MessageTooLargeException) {
      return new PublishException(Kind.MALFORMED, String.valueOf(cause.getMessage()), cause);
    }
    LOG.error("a message could not be signed: {}", cause.toString());
    return new PublishException(
        Kind.BROKEN, "the message cannot be signed: " + cause.getMessage(), cause);
  }

  private void fail(Slot slot, PublishException why) {
    slot.cancel();
    refuse(Optional.of(slot.id()), slot.answer(), why);
  }

  private void refuse(
      Optional<MessageId> id, CompletableFuture<Published> answer, PublishException why) {
    id.ifPresent(value -> underWay.remove(value, answer));
    refused.incrementAndGet();
    answer.completeExceptionally(why);
  }

  private void stop(PublishException why) {
    ring.stop(why).forEach(slot -> fail(slot, why));
  }

  /** Returns a snapshot. */
  Status status() {
    Optional<PublishException> stopped = ring.stopped();
    return new Status(
        accepted.get(),
        refused.get(),
        admission.dropped(),
        ring.size(),
        admission.bytes(),
        stopped.or(() -> Optional.ofNullable(problem)).map(PublishException::getMessage),
        stopped.isPresent());
  }

  /** Stops accepting and stores and sends what is under way before the deadline. */
  void drain(Deadline deadline) throws InterruptedException {
    ring.close();
    committer.join(Math.max(1, deadline.left().toMillis()));
    if (ring.awaitEmpty(deadline)
        && sending.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
      sending.release();
    }
  }

  @Override
  public void close() {
    try {
      drain(Deadline.after(CLOSING));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (committer.isAlive()) {
      committer.interrupt();
    }
    stop(SlotRing.closed());
    workers.shutdownNow();
  }
}
