package org.peal.node.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.peal.store.MessageStore;
import org.peal.store.Page;
import org.peal.store.ReplayQuery;
import org.peal.store.StoredMessage;
import org.peal.stream.LogState;

/**
 * Answers the questions of the replay protocol out of a log. Thread-safe.
 *
 * <p>The store is read in pages, each in a short transaction, so that a long answer holds nobody
 * up.
 */
final class ReplayAnswers {

  /** Messages and bytes that are read at a time. */
  private static final int BATCH = 1000;

  private static final int BATCH_BYTES = 1 << 20;

  /** Messages that are looked at for one page; a filter may keep most of them back. */
  private static final int MAX_SCANNED = 50_000;

  /** Ranges of ids in one answer. */
  private static final int MAX_RANGES = 1000;

  private final MessageStore store;
  private final int maxMessages;
  private final int maxBytes;
  private final Optional<Duration> retention;
  private final AtomicLong messages = new AtomicLong();

  /**
   * Makes the answers of a log.
   *
   * @param retention how long messages are kept at least, if age ends them
   */
  ReplayAnswers(MessageStore store, int maxMessages, int maxBytes, Optional<Duration> retention) {
    this.store = store;
    this.maxMessages = maxMessages;
    this.maxBytes = maxBytes;
    this.retention = retention;
  }

  /**
   * Returns the frames that answer a question; never throws for bad ones.
   *
   * @throws org.peal.store.StoreException if the log cannot be read
   */
  List<byte[]> to(byte[] question) {
    try {
      ReplayQuestion asked = ReplayQuestion.read(question);
      return asked.paging().isPresent()
          ? page(asked.query(), asked.paging().get())
          : whole(asked.query());
    } catch (ReplayQueryException e) {
      return e.error().frames();
    }
  }

  /** Returns how many messages were in the answers so far. */
  long messages() {
    return messages.get();
  }

  /** Returns everything that is asked for, or an error: these clients take a part for the whole. */
  private List<byte[]> whole(ReplayQuery query) throws ReplayQueryException {
    List<byte[]> frames = new ArrayList<>();
    long bytes = 0;
    long after = 0;
    boolean complete = false;
    while (!complete) {
      Page page = store.read(query, after, new Page.Limit(BATCH, BATCH_BYTES));
      for (StoredMessage message : page.messages()) {
        frames.add(message.payload());
        bytes += message.payload().length;
        after = message.sequenceId();
      }
      if (frames.size() > maxMessages || frames.size() > 1 && bytes > maxBytes) {
        throw new ReplayQueryException(ReplayError.TOO_MUCH);
      }
      complete = page.complete() || page.messages().isEmpty();
    }
    if (frames.isEmpty()) {
      throw new ReplayQueryException(ReplayError.NO_MATCH);
    }
    messages.addAndGet(frames.size());
    return frames;
  }

  private List<byte[]> page(ReplayQuery query, Paging paging) {
    Scan scan = new Scan(query, paging);
    scan.run();
    List<byte[]> frames = new ArrayList<>();
    frames.add(scan.facts().write());
    frames.addAll(scan.frames);
    messages.addAndGet(scan.frames.size());
    return frames;
  }

  /** Reads one page of an answer. */
  private final class Scan {
    private final ReplayQuery query;
    private final Paging paging;
    private final int most;
    private final List<byte[]> frames = new ArrayList<>();
    private final SortedSet<Long> seen = new TreeSet<>();
    private final List<ReplayQuery.Range> leftOut = new ArrayList<>();
    private final long lastBefore;
    private long bytes;
    private long after;
    private boolean complete;

    private Scan(ReplayQuery query, Paging paging) {
      this.query = query;
      this.paging = paging;
      this.most = Math.min(maxMessages, paging.messages().orElse(BATCH));
      this.after = paging.after();
      // Read first: what is stored meanwhile belongs to the next question.
      this.lastBefore = store.lastSequenceId();
    }

    private void run() {
      boolean isFull = false;
      while (!complete && !isFull) {
        int room = Math.min(BATCH, most - frames.size());
        Page page = store.read(query, after, new Page.Limit(room, Math.max(1, maxBytes - bytes)));
        complete = page.complete() || page.messages().isEmpty();
        isFull = !takeAll(page.messages());
        complete &= !isFull;
      }
    }

    /** Takes messages; returns false when the page is full, perhaps before the last of them. */
    private boolean takeAll(List<StoredMessage> messages) {
      for (StoredMessage message : messages) {
        boolean isFirst = frames.isEmpty();
        if (!isFirst && bytes + message.payload().length > maxBytes) {
          return false;
        }
        take(message);
      }
      return complete
          || frames.size() < most
              && bytes < maxBytes
              && seen.size() < MAX_SCANNED
              && leftOut.size() < MAX_RANGES;
    }

    private void take(StoredMessage message) {
      after = message.sequenceId();
      seen.add(after);
      if (paging.wants(message.topic().value())) {
        frames.add(message.payload());
        bytes += message.payload().length;
      } else {
        leaveOut(after);
      }
    }

    private void leaveOut(long id) {
      int end = leftOut.size() - 1;
      if (end >= 0 && leftOut.get(end).last() == id - 1) {
        leftOut.set(end, new ReplayQuery.Range(leftOut.get(end).first(), id));
      } else {
        leftOut.add(new ReplayQuery.Range(id, id));
      }
    }

    private PageFacts facts() {
      // Read last: what retention took meanwhile is gone, unless it was read before.
      long first = store.firstSequenceId();
      long last = store.lastSequenceId();
      long until = complete ? Math.max(after, lastBefore) : after;
      List<ReplayQuery.Range> named =
          SequenceIds.named(query, Math.max(1, paging.after() + 1), Math.min(first - 1, until));
      List<ReplayQuery.Range> gone = SequenceIds.without(named, seen);
      return new PageFacts(
          new LogState(store.stream(), first, last, oldest(first, last), retention),
          until,
          complete,
          gone,
          leftOut);
    }

    private Optional<Instant> oldest(long first, long last) {
      if (first > last) {
        return Optional.empty();
      }
      return store
          .read(new ReplayQuery.Range(first, last), 0, new Page.Limit(1, 1))
          .messages()
          .stream()
          .findFirst()
          .map(message -> Instant.ofEpochSecond(message.seconds()));
    }
  }
}
