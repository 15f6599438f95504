package org.peal.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peal.bus.Delivery;
import org.peal.store.ReplayQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what arrives into the order in which it was published, and fetches what is missing.
 *
 * <p>Each stream is on its own: messages behind a gap are held until the publisher's log has filled
 * it, those of other publishers go on. What the log cannot give is announced as an {@link
 * Event.Lost}. A log that does not answer is waited for no longer than {@code streams.patience};
 * then the gap is left open ({@link Event.LeftOpen}) and still asked for, now and then. What is
 * held is bounded; beyond that a stream's held messages are dropped and fetched again. A publisher
 * that has been quiet is asked for what follows its last message.
 *
 * <p>Thread-safe. The sink is called by one thread at a time, under this object's lock, and may
 * block. Nothing happens by itself: the owner calls {@link #tick} a few times a second.
 */
final class Order {

  private static final Logger LOG = LoggerFactory.getLogger(Order.class);

  /** Streams that are followed at once; more publishers than any bus has. */
  private static final int MOST_STREAMS = 10_000;

  /**
   * What an order stage needs from around it.
   *
   * @param replay asks logs; its answers are worked on by {@code worker}
   * @param names the publishers that have a replay address now
   * @param worker runs one thing at a time
   * @param clock nanoseconds of any origin
   */
  record Surroundings(
      ReplaySource replay,
      Supplier<Set<String>> names,
      Executor worker,
      LongSupplier clock,
      RandomGenerator random) {}

  private final Surroundings around;
  private final StreamsConfig config;
  private final EventSink sink;
  private final Numbering numbering;
  private final Map<String, Followed> streams = new LinkedHashMap<>();
  private final Asking asking;
  private final GapFilling filling;
  private final LateFilling late;
  private final Sequencer sequencer;

  /** Null where streams begin with their first live message. */
  private final @Nullable Beginnings beginnings;

  /**
   * Makes a stage.
   *
   * @param since from when on publishers that are not known yet are asked for all they have; empty
   *     to start with their first live message
   */
  Order(Surroundings around, StreamsConfig config, Optional<Instant> since, EventSink sink) {
    this.around = around;
    this.config = config;
    this.asking = new Asking(around, config);
    this.beginnings = since.map(time -> new Beginnings(new Starts(), asking, time)).orElse(null);
    this.sequencer = new Sequencer(config, sink, asking);
    this.sink = sink;
    this.numbering = new Numbering(name -> around.names().get().contains(name));
    this.filling = new GapFilling(asking, sequencer, numbering, sink, new Fronts());
    this.late = new LateFilling(asking, sequencer, new LateOnes());
  }

  /**
   * Goes on behind a position; its log is asked at the next tick for what follows, and then what
   * has no room any more is announced as lost.
   *
   * @param open what was left open before it, in ascending order
   */
  synchronized void restore(Event.Mark mark, List<Span> open) {
    Followed stream =
        new Followed(mark.stream(), mark.publisher(), new GapTracker(mark.position()));
    stream.lastSign = now() - 2 * config.quietAfter().toNanos();
    for (Span span : open) {
      stream.open.add(span);
      stream.tracker.restoreGivenUp(span);
    }
    streams.put(mark.stream(), stream);
    if (beginnings != null) {
      beginnings.skip(mark.publisher());
    }
  }

  /** Takes a live message. */
  synchronized void accept(Delivery delivery) {
    take(delivery, numbering.read(delivery), false);
  }

  private void take(Delivery delivery, Optional<Numbered> numbered, boolean isReplayed) {
    Followed stream = numbered.map(this::follow).orElse(null);
    if (stream == null) {
      sink.accept(new Event.Message(delivery, Optional.empty(), isReplayed));
      return;
    }
    Place place = numbered.get().place();
    sequencer.offer(stream, new Holding.Held(place, delivery, isReplayed));
    pump(stream);
  }

  private @Nullable Followed follow(Numbered numbered) {
    Followed known = streams.get(numbered.stream());
    if (known != null) {
      known.publisher = numbered.publisher();
      return known;
    }
    if (streams.size() >= MOST_STREAMS) {
      LOG.debug("too many streams, not followed: {}", numbered.stream());
      return null;
    }
    Followed stream = new Followed(numbered.stream(), numbered.publisher(), new GapTracker());
    streams.put(numbered.stream(), stream);
    if (beginnings != null && around.names().get().contains(numbered.publisher())) {
      stream.isBeginning = true;
      beginnings.begin(numbered.publisher());
    }
    return stream;
  }

  /** Hands on what is due and asks for what is missing. */
  private void pump(Followed stream) {
    if (stream.isBeginning) {
      return;
    }
    sequencer.releaseWhatIsDue(stream);
    if (!stream.isStarted() || stream.missingUpTo() <= stream.cursor()) {
      return;
    }
    if (stream.question.mayAsk(now())) {
      Span missing = new Span(stream.cursor() + 1, stream.missingUpTo());
      ask(stream, missing, false);
    }
  }

  /** Asks for what is missing or, to probe, for one message that every kind of server can give. */
  private void ask(Followed stream, Span asked, boolean isProbe) {
    ReplayQuery query =
        isProbe
            ? new ReplayQuery.Ids(List.of(asked.first()))
            : new ReplayQuery.Range(asked.first(), asked.last());
    stream.question.asked();
    stream.lastSign = now();
    asking.ask(
        stream.publisher,
        query,
        asked.first() - 1,
        outcome -> answered(stream, asked, isProbe, outcome));
  }

  private synchronized void answered(
      Followed stream, Span asked, boolean isProbe, ReplayOutcome outcome) {
    stream.lastSign = now();
    if (outcome instanceof ReplayOutcome.Answered answer) {
      stream.open.question.hurry();
      filling.use(stream, asked, isProbe, answer.page());
    } else if (asking.failed(stream.question, stream.publisher, outcome)) {
      boolean unknown = Asking.isUnknown(outcome);
      sequencer.passOver(
          stream,
          Math.min(asked.last(), stream.target),
          unknown ? Loss.NO_REPLAY : Loss.UNANSWERED);
      stream.hint = -1;
      if (unknown) {
        stream.question.answered();
      }
    }
    pump(stream);
  }

  /** Looks what is due: questions to put again, quiet publishers, new ones. */
  synchronized void tick() {
    Set<String> names = around.names().get();
    for (Followed stream : new ArrayList<>(streams.values())) {
      sequencer.announceGivenUp(stream);
      pump(stream);
      if (names.contains(stream.publisher)) {
        late.pump(stream);
        askIfQuiet(stream);
      }
    }
    if (beginnings != null) {
      beginnings.tick(names);
    }
  }

  private void askIfQuiet(Followed stream) {
    if (isQuiet(stream)) {
      long next = stream.cursor() + 1;
      ask(stream, new Span(next, next), true);
    }
  }

  private boolean isQuiet(Followed stream) {
    long interval = asking.quietAfter(part(stream));
    return stream.isStarted()
        && !stream.isBeginning
        && stream.question.mayAsk(now())
        && now() - stream.lastSign >= interval;
  }

  /** Varies by stream and by when it was last heard of, so that not all are asked at once. */
  private static double part(Followed stream) {
    int mixed = stream.stream.hashCode() ^ Long.hashCode(stream.lastSign);
    return Math.floorMod(mixed, 1000) / 1000.0;
  }

  private synchronized void locked(Runnable work) {
    work.run();
  }

  /** What streams do when they begin. */
  private final class Starts implements Beginnings.Owner {
    @Override
    public void locked(Runnable work) {
      Order.this.locked(work);
    }

    @Override
    public void takeFromBeginning(List<Replayed> messages) {
      filling.inShares(messages, this::takeFromBeginning);
    }

    private void takeFromBeginning(Delivery delivery) {
      Optional<Numbered> numbered = numbering.read(delivery);
      Followed stream = numbered.map(Order.this::follow).orElse(null);
      if (stream == null) {
        sink.accept(new Event.Message(delivery, Optional.empty(), true));
      } else {
        sequencer.place(stream, new Holding.Held(numbered.get().place(), delivery, true));
      }
    }

    @Override
    public void takeRefused(Delivery delivery) {
      sink.accept(new Event.Message(delivery, Optional.empty(), true));
    }

    @Override
    public boolean isHeardOf(String publisher) {
      return streams.values().stream().anyMatch(stream -> stream.publisher.equals(publisher));
    }

    @Override
    public void begun(String publisher) {
      for (Followed stream : new ArrayList<>(streams.values())) {
        if (stream.isBeginning && stream.publisher.equals(publisher)) {
          stream.isBeginning = false;
          stream.startAtDropped();
          pump(stream);
        }
      }
    }
  }

  /** What becomes of what pages bring beside their own streams. */
  private final class Fronts implements GapFilling.Owner {
    @Override
    public void ask(Followed stream, Span asked, boolean isProbe) {
      Order.this.ask(stream, asked, isProbe);
    }

    @Override
    public void takeOther(Delivery delivery, Optional<Numbered> numbered) {
      take(delivery, numbered, true);
    }

    @Override
    public void meet(String newStream, String publisher) {
      if (beginnings != null && !streams.containsKey(newStream)) {
        beginnings.begin(publisher);
      }
    }
  }

  /** What becomes of messages that had been left open. */
  private final class LateOnes implements LateFilling.Owner {
    @Override
    public void locked(Runnable work) {
      Order.this.locked(work);
    }

    @Override
    public Optional<Numbered> read(Delivery delivery) {
      return numbering.read(delivery);
    }

    @Override
    public void takeOther(Delivery delivery) {
      if (delivery.isInvalid()) {
        sink.accept(new Event.Message(delivery, Optional.empty(), true));
      } else {
        take(delivery, numbering.read(delivery), true);
      }
    }
  }

  /** Returns what was counted so far. */
  synchronized StreamCounters counters() {
    long open = streams.values().stream().mapToLong(stream -> stream.open.size()).sum();
    return sequencer.counters(open, asking.questions());
  }

  /** Returns how far each stream was followed. */
  synchronized List<Following.Stream> streams() {
    return streams.values().stream().map(Followed::status).toList();
  }

  private long now() {
    return asking.now();
  }
}
