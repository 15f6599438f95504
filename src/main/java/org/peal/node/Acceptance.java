package org.peal.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peal.PealException.Category;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.peal.bus.Published;
import org.peal.message.MessageId;
import org.peal.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of messages that have numbers: they go out and their publishers are told so, or
 * their publishers are told why not. Called by one thread at a time where it concerns slots; what
 * it tells of itself is for any thread.
 */
final class Acceptance {

  private static final Logger LOG = LoggerFactory.getLogger(Acceptance.class);

  private final SlotRing ring;
  private final Consumer<List<PublishedFrames>> outlet;
  private final IdsUnderWay ids;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private volatile @Nullable PublishException problem;

  /**
   * Makes it.
   *
   * @param outlet takes what was accepted, in order, one batch at a time
   * @param ids loses the id of each message that is told of
   */
  Acceptance(SlotRing ring, Consumer<List<PublishedFrames>> outlet, IdsUnderWay ids) {
    this.ring = ring;
    this.outlet = outlet;
    this.ids = ids;
  }

  /** Sends and tells. */
  void accept(List<Slot> batch) {
    if (problem != null) {
      problem = null;
      LOG.info("messages are accepted again");
    }
    List<PublishedFrames> frames = new ArrayList<>(batch.size());
    batch.forEach(slot -> frames.add(slot.frames()));
    outlet.accept(frames);
    accepted.addAndGet(batch.size());
    for (Slot slot : batch) {
      ids.remove(slot.id(), slot.answer());
      slot.answer().complete(slot.published());
    }
  }

  /** Fails the first one, which cannot be signed, and the others, whose numbers it had taken. */
  void abandon(List<Slot> slots, Throwable cause) {
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

  /** The store takes nothing: fails these, and all that came after them. */
  void failAll(List<Slot> notStored, StoreException cause) {
    boolean isForGood = cause.category() == Category.FATAL;
    PublishException why = broken(cause);
    if (problem == null) {
      String until = isForGood ? " before a restart" : "";
      LOG.error("no message is accepted{}: {}", until, cause.getMessage());
    }
    problem = why;
    List<Slot> behind = isForGood ? ring.stop(why) : ring.stepBack();
    notStored.forEach(slot -> fail(slot, why));
    behind.forEach(slot -> fail(slot, why));
  }

  /** Returns what a publisher is told when the store takes nothing. */
  static PublishException broken(StoreException cause) {
    return new PublishException(Kind.BROKEN, "not accepted: " + cause.getMessage(), cause);
  }

  /** Accepts nothing any more, by a fault of ours, and fails what has no answer yet. */
  void stopByFault(Throwable fault, List<Slot> underWay) {
    LOG.error("publishing has stopped by a fault of peal itself", fault);
    stop(new PublishException(Kind.BROKEN, "publishing has stopped: " + fault, fault), underWay);
  }

  /** Accepts nothing any more, and fails what has no answer yet. */
  void stop(PublishException why, List<Slot> underWay) {
    ring.stop(why).forEach(slot -> fail(slot, why));
    underWay.forEach(slot -> fail(slot, why));
  }

  private void fail(Slot slot, PublishException why) {
    slot.cancel();
    refuse(Optional.of(slot.id()), slot.answer(), why);
  }

  /** Tells the publisher of a message that it was not accepted. */
  void refuse(Optional<MessageId> id, CompletableFuture<Published> answer, PublishException why) {
    id.ifPresent(value -> ids.remove(value, answer));
    refused.incrementAndGet();
    answer.completeExceptionally(why);
  }

  /** Returns a future that has failed, for a message that was not let in. */
  CompletableFuture<Published> refusal(PublishException why) {
    refused.incrementAndGet();
    return CompletableFuture.failedFuture(why);
  }

  /** Returns how many messages were accepted. */
  long accepted() {
    return accepted.get();
  }

  /** Returns how many messages were not accepted. */
  long refused() {
    return refused.get();
  }

  /** Returns why nothing is accepted, whether for now or for good. */
  Optional<PublishException> problem() {
    return ring.stopped().or(() -> Optional.ofNullable(problem));
  }
}
