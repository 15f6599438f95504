package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class WakeupTest {

  private static final int ROUNDS = 2000;

  @Test
  void wake_whileTheLoopClears_leavesNothingThatWakesForEver() throws IOException {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Wakeup wakeup = new Wakeup();
        Selector selector = Selector.open()) {
      wakeup.channel().register(selector, SelectionKey.OP_READ);
      for (int i = 0; i < ROUNDS; i++) {
        Future<?> waking = other.submit(wakeup::wake);
        while (!waking.isDone()) {
          wakeup.clear();
        }
        wakeup.clear();
        assertThat(selector.selectNow()).isZero();
      }
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void wake_wakesUntilItIsCleared() throws IOException {
    try (Wakeup wakeup = new Wakeup();
        Selector selector = Selector.open()) {
      wakeup.channel().register(selector, SelectionKey.OP_READ);
      wakeup.wake();
      wakeup.wake();
      assertThat(selector.selectNow()).isEqualTo(1);
      selector.selectedKeys().clear();
      wakeup.clear();
      assertThat(selector.selectNow()).isZero();
      wakeup.wake();
      assertThat(selector.selectNow()).isEqualTo(1);
    }
  }
}
