package org.peal.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimedUuidsTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:34:56.789Z");

  @Test
  void uuid_isOneThatPeersTake() {
    UUID uuid = new TimedUuids(InstantSource.fixed(NOW)).get();
    assertThat(uuid.version()).isEqualTo(4);
    assertThat(uuid.variant()).isEqualTo(2);
    assertThat(uuid.toString())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  }

  @Test
  void uuid_beginsWithTheMillisecond() {
    String text = new TimedUuids(InstantSource.fixed(NOW)).get().toString();
    long time = Long.parseLong(text.substring(0, 13).replace("-", ""), 16);
    assertThat(time).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void uuids_ofOneMillisecond_differ() {
    TimedUuids uuids = new TimedUuids(InstantSource.fixed(NOW));
    Set<UUID> made = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      made.add(uuids.get());
    }
    assertThat(made).hasSize(100_000);
  }

  @Test
  void texts_areInTheOrderOfTime() {
    AtomicLong millis = new AtomicLong(NOW.toEpochMilli());
    TimedUuids uuids = new TimedUuids(() -> Instant.ofEpochMilli(millis.getAndAdd(977)));
    String last = "";
    for (int i = 0; i < 10_000; i++) {
      String next = uuids.get().toString();
      assertThat(next).isGreaterThan(last);
      last = next;
    }
  }
}
