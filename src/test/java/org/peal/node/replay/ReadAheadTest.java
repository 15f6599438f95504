package org.peal.node.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.peal.bus.zmq.Reply;
import org.peal.bus.zmq.Requester;
import org.peal.endpoint.Endpoint;
import org.peal.store.ReplayQuery;

class ReadAheadTest {

  private static final Duration LONG = Duration.ofHours(1);

  private final List<ReplayFetch.Task> asked = new ArrayList<>();
  private final List<ReplayFetch> made = new ArrayList<>();

  private static ReplayFetch.Task task(long after) {
    return new ReplayFetch.Task(
        "name",
        List.of(Endpoint.parse("tcp://127.0.0.1:1")),
        new ReplayQuery.Everything(),
        after,
        List.of());
  }

  private ReadAhead ahead(Duration patience) {
    return new ReadAhead(
        task -> {
          asked.add(task);
          made.add(fetch(task));
          return Optional.of(made.get(made.size() - 1));
        },
        patience);
  }

  /** One whose server never answers. */
  private static ReplayFetch fetch(ReplayFetch.Task task) {
    return fetch(task, Optional.of(new ReplayFetch.Server(new Silent())));
  }

  private static ReplayFetch fetch(ReplayFetch.Task task, Optional<ReplayFetch.Server> server) {
    return new ReplayFetch(
        task,
        ReplayClientOptions.DEFAULT,
        (name, address) -> server,
        new ReplayReader(Optional.empty(), false, Runnable::run, InstantSource.system()),
        (page, next) -> {},
        Runnable::run);
  }

  private static final class Silent implements Requester {
    @Override
    public CompletableFuture<Reply> ask(byte[] question, Duration limit) {
      return new CompletableFuture<>();
    }

    @Override
    public int pending() {
      return 0;
    }

    @Override
    public void close() {}
  }

  @Test
  void take_questionThatFailed_isNotHandedOn() {
    ReadAhead ahead = new ReadAhead(task -> Optional.of(fetch(task, Optional.empty())), LONG);
    ahead.came(fetch(task(0)), task(10));
    assertThat(ahead.take(task(10))).isEmpty();
    assertThat(ahead.size()).isZero();
  }

  @Test
  void came_wantedPage_asksForTheNextOnce() {
    ReadAhead ahead = ahead(LONG);
    ahead.came(fetch(task(0)), task(10));
    ahead.came(fetch(task(0)), task(10));
    assertThat(asked).containsExactly(task(10));
  }

  @Test
  void came_pageThatNobodyWantsYet_asksForTheNextWhenItIsWanted() {
    ReadAhead ahead = ahead(LONG);
    ahead.came(fetch(task(0)), task(10));
    ahead.came(made.get(0), task(20));
    assertThat(asked).containsExactly(task(10));
    assertThat(ahead.take(task(10))).contains(made.get(0));
    assertThat(asked).containsExactly(task(10), task(20));
  }

  @Test
  void came_pageThatIsWantedBefore_asksForTheNextAtOnce() {
    ReadAhead ahead = ahead(LONG);
    ahead.came(fetch(task(0)), task(10));
    ahead.came(ahead.take(task(10)).orElseThrow(), task(20));
    assertThat(asked).containsExactly(task(10), task(20));
  }

  @Test
  void take_somethingElse_isNotThere() {
    ReadAhead ahead = ahead(LONG);
    ahead.came(fetch(task(0)), task(10));
    assertThat(ahead.take(task(11))).isEmpty();
    assertThat(ahead.take(task(10))).isPresent();
    assertThat(ahead.take(task(10))).isEmpty();
  }

  @Test
  void pagesThatNobodyWants_areFew() {
    ReadAhead ahead = ahead(LONG);
    for (int i = 1; i <= 10; i++) {
      ahead.came(fetch(task(0)), task(i));
    }
    assertThat(ahead.size()).isEqualTo(4);
    assertThat(ahead.take(task(10))).isPresent();
    assertThat(ahead.take(task(1))).isEmpty();
  }

  @Test
  void pagesThatNobodyWants_areDroppedAfterAWhile() {
    ReadAhead ahead = ahead(Duration.ofMillis(1));
    ahead.came(fetch(task(0)), task(10));
    await().until(() -> ahead.size() == 0);
    ahead.came(fetch(task(0)), task(20));
    await().until(() -> ahead.size() == 0);
  }
}
