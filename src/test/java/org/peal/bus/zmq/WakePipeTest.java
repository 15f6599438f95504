package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waking a thread that waits at a selector. */
class WakePipeTest {

  private static final long LONG_MILLIS = TimeUnit.SECONDS.toMillis(30);

  private Selector selector;
  private WakePipe pipe;

  @BeforeEach
  void open() throws IOException {
    selector = Selector.open();
    pipe = new WakePipe(selector);
  }

  @AfterEach
  void close() throws IOException {
    pipe.close();
    selector.close();
  }

  private int await(long millis) throws IOException {
    int ready = millis == 0 ? selector.selectNow() : selector.select(millis);
    selector.selectedKeys().clear();
    return ready;
  }

  @Test
  void wake_beforeTheWait_endsIt() throws IOException {
    pipe.wake();
    assertThat(await(LONG_MILLIS)).isEqualTo(1);
  }

  @Test
  void wake_duringTheWait_endsIt() throws IOException {
    CompletableFuture<Void> waker = CompletableFuture.runAsync(pipe::wake);
    assertThat(await(LONG_MILLIS)).isEqualTo(1);
    waker.join();
  }

  @Test
  void wake_manyTimes_isDrainedAtOnce() throws IOException {
    // More than a pipe holds, so that a byte for each would be refused.
    for (int i = 0; i < 100_000; i++) {
      pipe.wake();
    }
    assertThat(await(LONG_MILLIS)).isEqualTo(1);
    pipe.drain();
    assertThat(await(0)).isZero();
  }

  @Test
  void wake_afterItWasDrained_endsTheNextWait() throws IOException {
    for (int i = 0; i < 3; i++) {
      pipe.wake();
      assertThat(await(LONG_MILLIS)).isEqualTo(1);
      pipe.drain();
    }
  }

  @Test
  void drain_nobodyHasWoken_doesNothing() throws IOException {
    pipe.drain();
    pipe.wake();
    assertThat(await(LONG_MILLIS)).isEqualTo(1);
  }

  @Test
  void wake_byAnInterruptedThread_endsTheWaitAndLeavesThePipeOpen() throws IOException {
    try {
      Thread.currentThread().interrupt();
      pipe.wake();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(await(LONG_MILLIS)).isEqualTo(1);
    pipe.drain();
    pipe.wake();
    assertThat(await(LONG_MILLIS)).isEqualTo(1);
  }

  @Test
  void wake_afterTheEnd_doesNothing() throws IOException {
    pipe.close();
    pipe.wake();
    pipe.wake();
    assertThat(await(0)).isZero();
  }
}
