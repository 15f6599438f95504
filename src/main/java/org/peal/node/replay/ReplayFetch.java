package org.peal.node.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.peal.bus.Delivery;
import org.peal.bus.Origin;
import org.peal.bus.zmq.Reply;
import org.peal.bus.zmq.Requester;
import org.peal.endpoint.Endpoint;
import org.peal.store.ReplayQuery;
import org.peal.stream.ReplayOutcome;
import org.peal.stream.ReplayPage;
import org.peal.stream.Replayed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One page on its way: which address is asked, in which dialect, for which time.
 *
 * <p>Steps run one after the other, on any worker thread; only {@link #close} comes from elsewhere.
 */
final class ReplayFetch {

  private static final Logger LOG = LoggerFactory.getLogger(ReplayFetch.class);

  /**
   * What is asked, and of whom. Immutable.
   *
   * @param addresses at least one, in the order in which to try them
   */
  record Task(
      String publisher,
      List<Endpoint> addresses,
      ReplayQuery query,
      long after,
      List<String> topics) {
    Task {
      addresses = List.copyOf(addresses);
      topics = List.copyOf(topics);
    }

    /** Returns the question for what follows an id. */
    Task after(long id) {
      return new Task(publisher, addresses, query, id, topics);
    }

    /** Returns a question for the same messages, the same one for all of these. */
    Task canonical() {
      if (!(query instanceof ReplayQuery.Range range)) {
        return this;
      }
      long first = Math.max(range.first(), after + 1);
      ReplayQuery rest = new ReplayQuery.Range(first, range.last());
      return new Task(publisher, addresses, rest, first - 1, topics);
    }
  }

  /** A server that may be asked, and what it understands. Thread-safe. */
  static final class Server {
    private final Requester requester;
    private volatile ReplayDialect dialect = ReplayDialect.PAGED;

    Server(Requester requester) {
      this.requester = requester;
    }

    Requester requester() {
      return requester;
    }
  }

  /** Learns what follows a page when that has come, before it is verified. */
  interface Ahead {
    void came(ReplayFetch page, Task next);
  }

  private final Task task;
  private final ReplayClientOptions options;
  private final BiFunction<String, Endpoint, Optional<Server>> servers;
  private final ReplayReader reader;
  private final Ahead ahead;
  private final Executor workers;
  private final CompletableFuture<ReplayOutcome> outcome = new CompletableFuture<>();
  private int next;
  private int round = 1;

  ReplayFetch(
      Task task,
      ReplayClientOptions options,
      BiFunction<String, Endpoint, Optional<Server>> servers,
      ReplayReader reader,
      Ahead ahead,
      Executor workers) {
    this.task = task;
    this.options = options;
    this.servers = servers;
    this.reader = reader;
    this.ahead = ahead;
    this.workers = workers;
  }

  CompletableFuture<ReplayOutcome> outcome() {
    return outcome;
  }

  /** Returns whether it has ended without a page. */
  boolean hasFailed() {
    return outcome.isDone() && !(outcome.join() instanceof ReplayOutcome.Answered);
  }

  void start() {
    if (!outcome.isDone()) {
      guarded(this::ask);
    }
  }

  void close() {
    refuse(ReplayOutcome.Why.CLOSED, "the replay client is closed");
  }

  private void refuse(ReplayOutcome.Why why, String detail) {
    outcome.complete(new ReplayOutcome.Refused(why, detail));
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.warn("a replay question to {} failed", task.publisher(), e);
      outcome.complete(new ReplayOutcome.ServerError("cannot be read: " + e));
    }
  }

  private void ask() {
    Endpoint address = task.addresses().get(next);
    Optional<Server> server = servers.apply(task.publisher(), address);
    if (server.isEmpty()) {
      refuse(ReplayOutcome.Why.BUSY, "too many replay servers are being asked");
    } else {
      ask(address, server.get(), server.get().dialect);
    }
  }

  private void ask(Endpoint address, Server server, ReplayDialect dialect) {
    ReplaySlice slice = ReplaySlice.of(task.query(), task.after(), dialect);
    if (slice.isEmpty()) {
      answered(
          new ReplayPage(
              List.of(), List.of(), task.after(), true, List.of(), List.of(), Optional.empty()));
      return;
    }
    byte[] question;
    try {
      question = slice.question(task.after(), dialect, options.pageMessages(), task.topics());
    } catch (IllegalArgumentException e) {
      refuse(ReplayOutcome.Why.BAD_QUERY, String.valueOf(e.getMessage()));
      return;
    }
    server
        .requester()
        .ask(question, options.answerLimit())
        .thenAcceptAsync(
            reply -> guarded(() -> take(address, server, dialect, slice, reply)), workers);
  }

  private void take(
      Endpoint address, Server server, ReplayDialect dialect, ReplaySlice slice, Reply reply) {
    if (reply instanceof Reply.Frames frames) {
      Optional<ReplayError> error = ReplayError.read(frames.frames());
      if (error.isPresent()) {
        error(address, server, dialect, slice, error.get());
      } else {
        read(address, slice, frames.frames());
      }
    } else if (reply instanceof Reply.TooLarge) {
      outcome.complete(new ReplayOutcome.ServerError("the answer is too large"));
    } else if (reply instanceof Reply.Busy) {
      refuse(ReplayOutcome.Why.BUSY, "too many questions wait for " + address);
    } else if (reply instanceof Reply.Closed) {
      refuse(ReplayOutcome.Why.CLOSED, "the replay client is closed");
    } else {
      tryNext(
          reply instanceof Reply.Silence
              ? new ReplayOutcome.TimedOut(options.answerLimit())
              : new ReplayOutcome.Unreachable("cannot connect to " + address));
    }
  }

  private void error(
      Endpoint address,
      Server server,
      ReplayDialect dialect,
      ReplaySlice slice,
      ReplayError error) {
    if (dialect == ReplayDialect.PAGED && error.equals(ReplayError.UNSUPPORTED)) {
      LOG.debug("{} does not answer in pages", address);
      server.dialect = ReplayDialect.PLAIN;
      ask(address, server, ReplayDialect.PLAIN);
    } else if (dialect == ReplayDialect.PLAIN
        && slice.query() instanceof ReplayQuery.Range
        && !error.equals(ReplayError.NO_MATCH)
        && !error.equals(ReplayError.BUSY)) {
      LOG.debug("{} cannot be asked for ranges: {}", address, error.text());
      server.dialect = ReplayDialect.WITHOUT_RANGES;
      ask(address, server, ReplayDialect.WITHOUT_RANGES);
    } else if (error.equals(ReplayError.NO_MATCH)) {
      plain(slice, List.of());
    } else if (error.equals(ReplayError.BUSY) || error.equals(ReplayError.BROKEN)) {
      tryNext(new ReplayOutcome.ServerError(error.text()));
    } else {
      outcome.complete(new ReplayOutcome.ServerError(error.text()));
    }
  }

  /** Goes on with the next address, or after a pause with the first again; ends with a failure. */
  private void tryNext(ReplayOutcome failure) {
    next++;
    if (next < task.addresses().size()) {
      ask();
      return;
    }
    next = 0;
    if (round >= options.rounds()) {
      outcome.complete(failure);
      return;
    }
    Duration pause = options.pause(round, RandomGenerator.getDefault().nextDouble());
    round++;
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, workers)
        .execute(() -> guarded(this::ask));
  }

  private void read(Endpoint address, ReplaySlice slice, List<byte[]> frames) {
    Optional<PageFacts> facts = PageFacts.read(frames.get(0));
    List<byte[]> messages = facts.isPresent() ? frames.subList(1, frames.size()) : frames;
    if (slice.isLast()) {
      facts
          .filter(page -> !page.complete() && page.until() > task.after())
          .ifPresent(page -> ahead.came(this, task.after(page.until())));
    }
    reader
        .read(new Origin(task.publisher(), address.toString()), messages)
        .thenAccept(
            looked ->
                guarded(
                    () -> {
                      if (facts.isPresent()) {
                        page(slice, facts.get(), looked);
                      } else {
                        plain(slice, looked);
                      }
                    }))
        .exceptionally(
            problem -> {
              LOG.warn("an answer of {} cannot be read", address, problem);
              outcome.complete(new ReplayOutcome.ServerError("cannot be read: " + problem));
              return null;
            });
  }

  private void page(ReplaySlice slice, PageFacts facts, List<Replayed> looked) {
    boolean isComplete = facts.complete() && slice.isLast();
    long until = facts.complete() && !slice.isLast() ? slice.until() : facts.until();
    if (!isComplete && until <= task.after()) {
      outcome.complete(new ReplayOutcome.ServerError("the page does not go beyond the last one"));
      return;
    }
    Sorted sorted = new Sorted(slice, looked);
    answered(
        new ReplayPage(
            sorted.good,
            sorted.bad,
            Math.max(until, task.after()),
            isComplete,
            facts.gone(),
            facts.leftOut(),
            Optional.of(facts.log())));
  }

  /** Makes a page of what a server gave that does not know of pages. */
  private void plain(ReplaySlice slice, List<Replayed> looked) {
    Sorted sorted = new Sorted(slice, looked);
    long greatest = sorted.ids.isEmpty() ? task.after() : sorted.ids.last();
    boolean isEnd = slice.isLast() || slice.isOpen() && looked.isEmpty();
    long until = isEnd ? greatest : slice.until();
    long named = slice.isOpen() ? greatest : until;
    if (isEnd && !slice.isOpen()) {
      named = Long.MAX_VALUE;
    }
    List<ReplayQuery.Range> gone =
        SequenceIds.without(SequenceIds.named(slice.query(), task.after() + 1, named), sorted.seen);
    answered(
        new ReplayPage(sorted.good, sorted.bad, until, isEnd, gone, List.of(), Optional.empty()));
  }

  private void answered(ReplayPage page) {
    outcome.complete(new ReplayOutcome.Answered(page));
  }

  /** Messages by what they are worth: a server may send what nobody asked for, or a thing twice. */
  private final class Sorted {
    private final List<Replayed> good = new ArrayList<>();
    private final List<Delivery> bad = new ArrayList<>();

    /** The ids of the good messages. */
    private final SortedSet<Long> ids = new TreeSet<>();

    /** The ids that messages bear, good or not. */
    private final SortedSet<Long> seen = new TreeSet<>();

    private Sorted(ReplaySlice slice, List<Replayed> looked) {
      Set<Long> asked =
          slice.query() instanceof ReplayQuery.Ids list ? new HashSet<>(list.ids()) : Set.of();
      for (Replayed message : looked) {
        OptionalLong id = message.sequenceId();
        id.ifPresent(seen::add);
        if (message.delivery().isInvalid()) {
          bad.add(message.delivery());
        } else if (isAsked(slice, asked, id) && (id.isEmpty() || ids.add(id.getAsLong()))) {
          good.add(message);
        }
      }
    }

    private boolean isAsked(ReplaySlice slice, Set<Long> asked, OptionalLong id) {
      if (id.isEmpty()) {
        return !slice.isByNumber() && task.after() == 0;
      }
      long number = id.getAsLong();
      boolean isNamed =
          !(slice.query() instanceof ReplayQuery.Range range)
              || number >= range.first() && number <= range.last();
      return number > task.after()
          && isNamed
          && (!(slice.query() instanceof ReplayQuery.Ids) || asked.contains(number));
    }
  }
}
