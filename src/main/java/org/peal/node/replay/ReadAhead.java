package org.peal.node.replay;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pages that are asked for as soon as the page before them has come, so that they are on their way
 * while that is verified and handled. Thread-safe.
 *
 * <p>One page ahead is asked for, not more: the one after it only when it is wanted. Few are kept,
 * and not for ever, since whoever wanted the first pages may not want the rest. A question that
 * failed is forgotten: whoever wants the page then puts it anew.
 */
final class ReadAhead {

  /** How many that nobody has wanted yet are kept. */
  private static final int MOST = 4;

  private final Function<ReplayFetch.Task, Optional<ReplayFetch>> maker;
  private final Executor sweeper;
  private final long patience;
  private final Map<ReplayFetch.Task, Page> pages = new LinkedHashMap<>();
  private boolean isSweeping;

  /** A page that nobody has wanted yet. */
  private static final class Page {
    final ReplayFetch fetch;
    final long asked = System.nanoTime();

    /** What is to be asked when it is wanted; null while that is not known. */
    ReplayFetch.@Nullable Task next;

    Page(ReplayFetch fetch) {
      this.fetch = fetch;
    }
  }

  /**
   * Makes it without pages.
   *
   * @param maker makes a fetch that has not begun; empty if too many are under way
   * @param patience how long a page is kept at least, and at most twice as long
   */
  ReadAhead(Function<ReplayFetch.Task, Optional<ReplayFetch>> maker, Duration patience) {
    this.maker = maker;
    this.patience = patience.toNanos();
    this.sweeper = CompletableFuture.delayedExecutor(this.patience, TimeUnit.NANOSECONDS);
  }

  /** Learns that a page has come and what follows it. */
  void came(ReplayFetch page, ReplayFetch.Task next) {
    Optional<ReplayFetch> begun;
    synchronized (this) {
      for (Page unwanted : pages.values()) {
        if (unwanted.fetch == page) {
          unwanted.next = next;
          return;
        }
      }
      begun = add(next);
    }
    begun.ifPresent(ReplayFetch::start);
  }

  /** Returns the page that somebody wants now, if it was asked for, and asks for the next one. */
  Optional<ReplayFetch> take(ReplayFetch.Task wanted) {
    Page page;
    Optional<ReplayFetch> begun = Optional.empty();
    synchronized (this) {
      page = pages.remove(wanted.canonical());
      if (page != null && page.next != null) {
        begun = add(page.next);
      }
    }
    begun.ifPresent(ReplayFetch::start);
    return Optional.ofNullable(page).map(found -> found.fetch).filter(fetch -> !fetch.hasFailed());
  }

  private Optional<ReplayFetch> add(ReplayFetch.Task task) {
    if (pages.containsKey(task.canonical())) {
      return Optional.empty();
    }
    Optional<ReplayFetch> fetch = maker.apply(task);
    fetch.ifPresent(made -> keep(task, new Page(made)));
    return fetch;
  }

  private void keep(ReplayFetch.Task task, Page page) {
    if (pages.size() >= MOST) {
      Iterator<Page> eldest = pages.values().iterator();
      eldest.next().fetch.close();
      eldest.remove();
    }
    pages.put(task.canonical(), page);
    sweepLater();
  }

  private void sweepLater() {
    if (!isSweeping) {
      isSweeping = true;
      sweeper.execute(this::sweep);
    }
  }

  private synchronized void sweep() {
    isSweeping = false;
    long now = System.nanoTime();
    pages.values().removeIf(page -> now - page.asked >= patience);
    if (!pages.isEmpty()) {
      sweepLater();
    }
  }

  /** Returns how many pages nobody has wanted yet. */
  synchronized int size() {
    return pages.size();
  }
}
