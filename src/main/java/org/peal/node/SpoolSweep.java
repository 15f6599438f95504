package org.peal.node;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.peal.PealException.Category;
import org.peal.Threads;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.Published;
import org.peal.message.MessageId;
import org.peal.node.submit.Spool;
import org.peal.node.submit.Spool.Taker.Fate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts what waits in the outbox of the node's own user, at its start and now and then: nobody
 * else may come who would hand it over. Outboxes of other users are theirs. Thread-safe.
 */
final class SpoolSweep implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolSweep.class);
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration END = Duration.ofSeconds(2);

  private final Spool spool;
  private final DurablePublisher publisher;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Threads.daemon("peal-spool", this::run);
  private boolean isFailing;

  SpoolSweep(Spool spool, DurablePublisher publisher) {
    this.spool = spool;
    this.publisher = publisher;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      do {
        sweep();
      } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweep() throws InterruptedException {
    try {
      int accepted = spool.empty(this::take);
      if (accepted > 0) {
        LOG.info("{} messages of the outbox {} were accepted", accepted, spool.folder());
      }
      isFailing = false;
    } catch (IOException | RuntimeException e) {
      if (!isFailing) {
        LOG.warn("the outbox {} cannot be emptied: {}", spool.folder(), e.toString());
      }
      isFailing = true;
    }
  }

  private List<Fate> take(List<Draft> drafts) throws InterruptedException {
    List<CompletionStage<Published>> asked = new ArrayList<>();
    for (Draft draft : drafts) {
      if (closed.getCount() == 0) {
        break;
      }
      asked.add(publisher.publish(draft));
    }
    List<Fate> fates = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      fates.add(i < asked.size() ? fate(drafts.get(i), asked.get(i)) : Fate.LATER);
    }
    return fates;
  }

  private Fate fate(Draft draft, CompletionStage<Published> asked) throws InterruptedException {
    try {
      asked.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return Fate.ACCEPTED;
    } catch (TimeoutException e) {
      return Fate.LATER;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PublishException failure
          && failure.category() == Category.PERMANENT) {
        LOG.warn(
            "message {} of the outbox is refused and put aside in {}: {}",
            draft.id().map(MessageId::value).orElse(""),
            spool.folder(),
            failure.getMessage());
        return Fate.REFUSED;
      }
      return Fate.LATER;
    }
  }

  /** Takes no more, and waits a moment for what is under way. Idempotent. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
