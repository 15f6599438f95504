package org.peal.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.peal.Deadline;
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
import org.peal.message.PealHeaders;
import org.peal.store.StoreException;
import org.peal.stream.Rows;

/**
 * Accepts messages: numbers them, signs them on all cores, stores them in order, and only then
 * sends them. What was not stored was not accepted; what was sent can be replayed. Thread-safe.
 *
 * <p>The number is part of what is signed. When a message cannot be signed, it fails, and with it
 * every one that was numbered after it, because their signatures hold numbers that now have another
 * use; so the log never gets a hole.
 */
public final class DurablePublisher implements Publisher {

  private static final Duration CLOSING = Duration.ofSeconds(10);

  /**
   * What a publisher has done so far. Immutable.
   *
   * @param accepted messages that were stored, or sent if nothing is stored
   * @param refused messages that were not accepted, dropped ones included
   * @param dropped messages that were given up for want of room
   * @param underWay messages that were let in and have no answer yet
   * @param underWayBytes what these weigh
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
  private final boolean isNumbered;

  private final Admission admission;
  private final IdsUnderWay ids = new IdsUnderWay();
  private final ExecutorService workers;
  private final SlotRing ring;
  private final Acceptance acceptance;
  private final Committer committer;

  /** Held by the thread that sends, where nothing is stored. */
  private final Semaphore sending = new Semaphore(1);

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
    this.isNumbered = journal.stream().isPresent();
    this.ring = new SlotRing(journal::lastSequenceId);
    this.acceptance = new Acceptance(ring, outlet, ids);
    this.committer = new Committer(journal, ring, acceptance);
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
      return acceptance.refusal(e);
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
      return acceptance.refusal(e);
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
      return acceptance.refusal(e);
    }
    return admit(draft, Rows.NONE, pass);
  }

  /** Goes on with a message that was let in, until its answer is there. */
  private CompletionStage<Published> admit(Draft draft, Rows rows, Admission.Pass pass) {
    CompletableFuture<Published> answer = new CompletableFuture<>();
    Optional<CompletableFuture<Published>> other = draft.id().flatMap(id -> ids.enter(id, answer));
    if (other.isPresent()) {
      pass.giveBack();
      return other.get();
    }
    answer.whenComplete((published, failure) -> pass.giveBack());
    try {
      // Whoever held the id before gave it back after its commit, so the log shows it by now.
      Optional<Published> stored = draft.id().flatMap(journal::find);
      if (stored.isPresent()) {
        ids.remove(stored.get().id(), answer);
        answer.complete(stored.get());
      } else {
        enqueue(draft, signers.of(draft), rows, answer);
      }
    } catch (PublishException e) {
      acceptance.refuse(draft.id(), answer, e);
    } catch (StoreException e) {
      acceptance.refuse(draft.id(), answer, Acceptance.broken(e));
    } catch (RuntimeException e) {
      acceptance.refuse(
          draft.id(), answer, new PublishException(Kind.BROKEN, "not accepted: " + e, e));
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
    byte[] payload = signer.isPresent() ? signer.get().signedText(tree) : CanonicalJson.write(tree);
    if (payload.length > limits.largest()) {
      throw new MessageTooLargeException(payload.length, limits.largest());
    }
    return payload;
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
        acceptance.accept(batch.slots());
      } else {
        acceptance.abandon(batch.slots(), batch.failure());
      }
    } catch (RuntimeException | Error e) {
      acceptance.stopByFault(e, batch.slots());
    }
  }

  /** Returns a snapshot. */
  Status status() {
    return new Status(
        acceptance.accepted(),
        acceptance.refused(),
        admission.dropped(),
        admission.messages(),
        admission.bytes(),
        acceptance.problem().map(PublishException::getMessage),
        ring.stopped().isPresent());
  }

  /** Stops accepting and stores and sends what is under way before the deadline. */
  void drain(Deadline deadline) throws InterruptedException {
    ring.close();
    committer.join(deadline);
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
    committer.interrupt();
    acceptance.stop(SlotRing.closed(), List.of());
    workers.shutdownNow();
  }
}
