package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.peal.message.EnvelopeFactory;
import org.peal.message.Topic;
import org.peal.stream.Rows;

/** What a ring hands out and when; a slot is signed when the test runs it. */
@Timeout(60)
class SlotRingTest {

  private static final Topic TOPIC = new Topic("org.example.dev.a.b");

  private final EnvelopeFactory envelopes =
      new EnvelopeFactory(
          InstantSource.system(), TimeZone.getTimeZone("UTC"), UUID::randomUUID, "tester");
  private final SlotRing ring = new SlotRing(() -> 7);
  private final List<Slot> slots = new ArrayList<>();

  private void add(int count, int bytes) {
    for (int i = 0; i < count; i++) {
      slots.add(ring.add(number -> slot(number, unsigned -> new byte[bytes])));
    }
  }

  private Slot slot(long number, Slot.Work work) {
    return new Slot(
        envelopes.create(
            TOPIC,
            JsonNodeFactory.instance.objectNode().put("x", 1),
            JsonNodeFactory.instance.objectNode(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.of(number)),
        Rows.NONE,
        new CompletableFuture<>(),
        work,
        ring::wake);
  }

  private void sign(int from, int to) {
    slots.subList(from, to).forEach(Slot::run);
  }

  private interface Taking<T> {
    T take() throws InterruptedException;
  }

  /** Takes on a thread of its own, which waits when this returns. */
  private static <T> FutureTask<T> waiting(Taking<T> taking) {
    FutureTask<T> task = new FutureTask<>(taking::take);
    Thread thread = new Thread(task, "taker");
    thread.setDaemon(true);
    thread.start();
    await().until(() -> thread.getState() == Thread.State.WAITING);
    return task;
  }

  private static <T> T result(FutureTask<T> task)
      throws InterruptedException, ExecutionException, TimeoutException {
    return task.get(60, TimeUnit.SECONDS);
  }

  @Test
  void next_oneAlone_atOnce() throws Exception {
    add(1, 10);
    sign(0, 1);
    assertThat(ring.next().slots()).isEqualTo(slots);
  }

  @Test
  void next_manyWait_aPartOfThemTogether() throws Exception {
    add(320, 10);
    FutureTask<SlotRing.Batch> next = waiting(ring::next);
    sign(0, 5);
    assertThat(next.isDone()).isFalse();
    sign(5, 10);
    assertThat(result(next).slots()).isEqualTo(slots.subList(0, 10));
  }

  @Test
  void next_signedInAnotherOrder_waitsForTheOldest() throws Exception {
    add(3, 10);
    FutureTask<SlotRing.Batch> next = waiting(ring::next);
    sign(1, 3);
    assertThat(next.isDone()).isFalse();
    sign(0, 1);
    assertThat(result(next).slots()).isEqualTo(slots);
  }

  @Test
  void next_failureBehindReady_readyFirstThenTheFailureWithAllBehindIt() throws Exception {
    add(100, 10);
    Slot bad =
        ring.add(
            number ->
                slot(
                    number,
                    unsigned -> {
                      throw new IllegalStateException("no key");
                    }));
    slots.add(bad);
    add(100, 10);
    sign(0, slots.size());

    assertThat(ring.next().slots()).isEqualTo(slots.subList(0, 100));
    SlotRing.Batch failed = ring.next();
    assertThat(failed.failure()).hasMessage("no key");
    assertThat(failed.slots()).isEqualTo(slots.subList(100, 201));
    // The next number is the one after the last that was stored.
    add(1, 10);
    assertThat(slots.get(201).published().sequenceId()).hasValue(8);
  }

  @Test
  void next_closed_restAndThenTheEnd() throws Exception {
    add(2, 10);
    ring.close();
    sign(0, 2);
    assertThat(ring.next().slots()).isEqualTo(slots);
    assertThat(ring.next().isEnd()).isTrue();
  }

  @Test
  void nextBehind_few_nothingUntilTheCommitIsOver() throws Exception {
    add(255, 10);
    sign(0, 255);
    AtomicBoolean isOver = new AtomicBoolean();
    FutureTask<List<Slot>> behind = waiting(() -> ring.nextBehind(isOver::get));
    isOver.set(true);
    ring.wake();
    assertThat(result(behind)).isEmpty();
    assertThat(ring.next().slots()).isEqualTo(slots);
  }

  @Test
  void nextBehind_manyOrLarge_atOnce() throws Exception {
    add(1024, 10);
    sign(0, 1024);
    assertThat(ring.nextBehind(() -> false)).isEqualTo(slots);
    slots.clear();
    add(3, 3 << 20);
    sign(0, 3);
    assertThat(ring.nextBehind(() -> false)).isEqualTo(slots);
    assertThat(ring.size()).isZero();
  }
}
