package org.peal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderedPipelineTest {

  private final List<Integer> delivered = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger roomTold = new AtomicInteger();
  private final CountDownLatch gate = new CountDownLatch(1);
  private OrderedPipeline<Integer, Integer> pipeline = stage(1, 1, x -> x, delivered::add);

  private OrderedPipeline<Integer, Integer> stage(
      int threads, int capacity, Function<Integer, Integer> work, Consumer<Integer> sink) {
    return new OrderedPipeline<>(
        "test", threads, capacity, x -> 1, work, sink, roomTold::incrementAndGet);
  }

  private void use(OrderedPipeline<Integer, Integer> stage) {
    pipeline.close();
    pipeline = stage;
    stage.start();
  }

  private boolean finished() throws InterruptedException {
    return pipeline.finish(60, TimeUnit.SECONDS);
  }

  private void passGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void submit_workOfUnequalLength_keepsTheOrder() throws InterruptedException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int[] effort = random.ints(5_000, 0, 2_000).toArray();
    use(
        stage(
            4,
            64,
            x -> {
              for (int i = 0; i < effort[x]; i++) {
                Thread.onSpinWait();
              }
              return x;
            },
            delivered::add));
    for (int i = 0; i < effort.length; i++) {
      pipeline.submit(i);
    }
    assertThat(finished()).isTrue();
    assertThat(delivered)
        .as("seed %d", seed)
        .containsExactlyElementsOf(IntStream.range(0, effort.length).boxed().toList());
  }

  @Test
  void sink_manyThreads_isEnteredByOneAtATime() throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    use(
        stage(
            8,
            64,
            x -> x,
            x -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              inside.decrementAndGet();
              delivered.add(x);
            }));
    for (int i = 0; i < 20_000; i++) {
      pipeline.submit(i);
    }
    assertThat(finished()).isTrue();
    assertThat(most).hasValue(1);
    assertThat(delivered).hasSize(20_000);
  }

  @Test
  void start_afterSubmission_deliversWhatWaits() throws InterruptedException {
    OrderedPipeline<Integer, Integer> late = stage(2, 10, x -> x, delivered::add);
    late.submit(1);
    late.submit(2);
    assertThat(delivered).isEmpty();
    use(late);
    await().until(() -> delivered.size() == 2);
    assertThat(finished()).isTrue();
    assertThat(delivered).containsExactly(1, 2);
  }

  @Test
  void close_sinkUnderWay_finishedOnlyWhenItHasReturned() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    use(
        stage(
            2,
            10,
            x -> x,
            x -> {
              begun.countDown();
              boolean passed = false;
              while (!passed) {
                try {
                  gate.await();
                  passed = true;
                } catch (InterruptedException e) {
                  // Stubborn, so that the end of the stage comes first.
                }
              }
              delivered.add(x);
            }));
    pipeline.submit(1);
    pipeline.submit(2);
    begun.await();
    pipeline.close();
    assertThat(pipeline.finish(10, TimeUnit.MILLISECONDS)).isFalse();
    gate.countDown();
    assertThat(finished()).isTrue();
    assertThat(delivered).containsExactly(1);
  }

  @Test
  void trySubmit_full_refusesAndLaterTellsOfRoom() throws InterruptedException {
    use(stage(1, 2, x -> x, x -> passGateAndKeep(x)));
    assertThat(pipeline.trySubmit(1)).isTrue();
    assertThat(pipeline.trySubmit(2)).isTrue();
    assertThat(pipeline.trySubmit(3)).isFalse();
    assertThat(roomTold).hasValue(0);
    gate.countDown();
    await().untilAtomic(roomTold, org.hamcrest.Matchers.is(1));
    assertThat(pipeline.trySubmit(4)).isTrue();
    assertThat(finished()).isTrue();
    assertThat(delivered).containsExactly(1, 2, 4);
    assertThat(roomTold).hasValue(1);
  }

  private void passGateAndKeep(int item) {
    passGate();
    delivered.add(item);
  }

  @Test
  void submit_full_waitsForRoom() throws InterruptedException {
    use(stage(2, 3, x -> x, x -> passGateAndKeep(x)));
    AtomicInteger taken = new AtomicInteger();
    Thread submitter =
        Threads.daemon(
            "submitter",
            () -> {
              try {
                for (int i = 0; i < 10; i++) {
                  pipeline.submit(i);
                  taken.incrementAndGet();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    submitter.start();
    await().until(() -> submitter.getState() == Thread.State.WAITING);
    assertThat(taken).hasValue(3);
    gate.countDown();
    submitter.join();
    assertThat(finished()).isTrue();
    assertThat(delivered).hasSize(10);
  }

  @Test
  void trySubmit_heavyItems_countByTheirWeight() throws InterruptedException {
    OrderedPipeline<Integer, Integer> heavy =
        new OrderedPipeline<>(
            "test", 1, 10, x -> x, x -> x, x -> passGateAndKeep(x), roomTold::incrementAndGet);
    use(heavy);
    assertThat(pipeline.trySubmit(7)).isTrue();
    assertThat(pipeline.trySubmit(4)).isFalse();
    assertThat(pipeline.trySubmit(3)).isTrue();
    assertThat(pipeline.trySubmit(1)).isFalse();
    gate.countDown();
    assertThat(finished()).isTrue();
    assertThat(delivered).containsExactly(7, 3);
  }

  @Test
  void submit_heavierThanTheCapacity_passesAlone() throws InterruptedException {
    use(
        new OrderedPipeline<>(
            "test", 1, 10, x -> x, x -> x, delivered::add, roomTold::incrementAndGet));
    pipeline.submit(1_000_000);
    pipeline.submit(0);
    pipeline.submit(-5);
    assertThat(finished()).isTrue();
    assertThat(delivered).containsExactly(1_000_000, 0, -5);
  }

  @Test
  void sink_thatThrows_endsDeliveryButNotTheSubmitter() throws InterruptedException {
    use(
        stage(
            2,
            4,
            x -> x,
            x -> {
              if (x == 2) {
                throw new IllegalStateException("no more");
              }
              delivered.add(x);
            }));
    for (int i = 0; i < 100; i++) {
      pipeline.submit(i);
    }
    assertThat(finished()).isTrue();
    assertThat(delivered).containsExactly(0, 1);
    assertThat(pipeline.failure()).hasMessage("no more");
  }

  @Test
  void sink_thatEndsWithAnError_endsDeliveryButNotTheSubmitter() throws InterruptedException {
    use(
        stage(
            2,
            4,
            x -> x,
            x -> {
              throw new AssertionError("broken");
            }));
    for (int i = 0; i < 100; i++) {
      pipeline.submit(i);
    }
    assertThat(finished()).isTrue();
    assertThat(pipeline.failure()).isInstanceOf(AssertionError.class).hasMessage("broken");
  }

  @Test
  void work_thatThrows_isTheFailure() throws InterruptedException {
    use(
        stage(
            2,
            4,
            x -> {
              throw new IllegalArgumentException("item " + x);
            },
            delivered::add));
    pipeline.submit(1);
    pipeline.submit(2);
    assertThat(finished()).isTrue();
    assertThat(pipeline.failure()).hasMessage("item 1");
    assertThat(delivered).isEmpty();
  }

  @Test
  void work_thatThrowsAmongMany_letsThroughWhatCameBefore() throws InterruptedException {
    use(
        stage(
            1,
            100,
            x -> {
              passGate();
              if (x == 40) {
                throw new IllegalArgumentException("item " + x);
              }
              return x;
            },
            delivered::add));
    for (int i = 0; i < 100; i++) {
      pipeline.submit(i);
    }
    gate.countDown();
    assertThat(finished()).isTrue();
    assertThat(pipeline.failure()).hasMessage("item 40");
    assertThat(delivered).containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());
  }

  @Test
  void failure_allWell_isNull() throws InterruptedException {
    use(stage(1, 1, x -> x, delivered::add));
    pipeline.submit(1);
    assertThat(finished()).isTrue();
    assertThat(pipeline.failure()).isNull();
  }

  @Test
  void finish_timeOver_isFalse() throws InterruptedException {
    use(stage(1, 1, x -> x, x -> passGateAndKeep(x)));
    pipeline.submit(1);
    assertThat(pipeline.finish(1, TimeUnit.MILLISECONDS)).isFalse();
  }

  @Test
  void close_workUnderWay_isInterrupted() {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    use(
        stage(
            1,
            1,
            x -> {
              begun.countDown();
              passGate();
              interrupted.set(Thread.interrupted());
              return x;
            },
            delivered::add));
    assertThat(pipeline.trySubmit(1)).isTrue();
    await().until(() -> begun.getCount() == 0);
    pipeline.close();
    await().untilTrue(interrupted);
  }
}
