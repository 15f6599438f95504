package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Counting what goes through the pipes of a socket. */
class OutflowTest {

  private final Outflow outflow = new Outflow(Thread.currentThread(), () -> {});

  @Test
  void taken_untilTheLoopHasSent_isNotHeldUp() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    outflow.send(
        () -> {
          outflow.written();
          CompletableFuture.runAsync(
              () -> {
                outflow.taken(7);
                taken.countDown();
              });
          assertThat(isOpen(taken)).isTrue();
        });
    assertThat(outflow.copies()).isEqualTo(1);
    assertThat(outflow.waiting()).isZero();
  }

  private static boolean isOpen(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void send_thatFails_isOver() {
    IllegalStateException failure = new IllegalStateException("no");
    assertThatThrownBy(
            () ->
                outflow.send(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    outflow.send(outflow::written);
    outflow.taken(1);
    assertThat(outflow.waiting()).isZero();
  }

  @Test
  void written_byAnotherThread_isNotCounted() {
    CompletableFuture.runAsync(outflow::written).join();
    assertThat(outflow.copies()).isZero();
  }
}
