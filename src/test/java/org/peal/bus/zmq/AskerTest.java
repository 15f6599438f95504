package org.peal.bus.zmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AskerTest {

  private final AtomicLong all = new AtomicLong();
  private final Asker asker = new Asker("127.0.0.1:5", new byte[5], all);

  @Test
  void shouldCountWhatWaits() {
    asker.written(100, 0);
    asker.written(50, 0);
    assertThat(all.get()).isGreaterThanOrEqualTo(150);
    asker.taken(100);
    asker.taken(50);
    assertThat(all).hasValue(0);
    assertThat(asker.isSlow(Long.MAX_VALUE, 0)).isFalse();
  }

  @Test
  void shouldNotCountFramesThatLeaveAfterItsEnd() {
    asker.written(100, 0);
    asker.written(50, 0);
    asker.taken(100);
    asker.forget();
    asker.taken(50);
    asker.written(7, 0);
    asker.forget();
    assertThat(all).hasValue(0);
  }
}
