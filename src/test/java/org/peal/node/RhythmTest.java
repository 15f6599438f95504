package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RhythmTest {

  private final Rhythm rhythm = new Rhythm();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private void hear(long count, Duration pause) {
    now = now.plus(pause);
    rhythm.heard(count, now);
  }

  @Test
  void isUnusual_tooFewMessages_isNeverTold() {
    for (int i = 0; i < Rhythm.ENOUGH - 1; i++) {
      hear(1, Duration.ofSeconds(1));
    }
    assertThat(rhythm.isUnusual(Duration.ofDays(1))).isFalse();
    hear(1, Duration.ofSeconds(1));
    assertThat(rhythm.isUnusual(Duration.ofDays(1))).isTrue();
  }

  @Test
  void isUnusual_steadyPublisher_isAFewPausesOrAMinute() {
    for (int i = 0; i < 100; i++) {
      hear(1, Duration.ofMinutes(1));
    }
    assertThat(rhythm.unusual()).isEqualTo(Duration.ofMinutes(6));
    assertThat(rhythm.isUnusual(Duration.ofMinutes(6))).isFalse();
    assertThat(rhythm.isUnusual(Duration.ofMinutes(7))).isTrue();
  }

  @Test
  void unusual_fastPublisher_isNotBelowTheLeast() {
    for (int i = 0; i < 100; i++) {
      hear(50, Duration.ofSeconds(1));
    }
    assertThat(rhythm.unusual()).isEqualTo(Rhythm.LEAST);
  }

  @Test
  void isUnusual_burstEveryHour_waitsForHours() {
    for (int hour = 0; hour < 48; hour++) {
      hear(1, Duration.ofHours(1));
      for (int i = 0; i < 1000; i++) {
        hear(1, Duration.ofMillis(10));
      }
    }
    assertThat(rhythm.isUnusual(Duration.ofHours(2))).isFalse();
    assertThat(rhythm.isUnusual(Duration.ofHours(7))).isTrue();
  }

  @Test
  void unusual_afterAFasterTime_forgetsTheSlowOne() {
    for (int i = 0; i < 50; i++) {
      hear(1, Duration.ofHours(4));
    }
    Duration slow = rhythm.unusual();
    for (int i = 0; i < 40 * 24 * 60; i++) {
      hear(1, Duration.ofMinutes(1));
    }
    assertThat(slow).isEqualTo(Duration.ofHours(24));
    assertThat(rhythm.unusual()).isLessThan(Duration.ofMinutes(30));
  }

  @Test
  void isUnusual_randomPublisher_isSeldomToldFalsely() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int told = 0;
    for (int i = 0; i < 20_000; i++) {
      Duration pause = Duration.ofMillis((long) (-Math.log(1 - random.nextDouble()) * 600_000));
      told += rhythm.isUnusual(pause) ? 1 : 0;
      hear(1, pause);
    }
    assertThat(told).as("seed " + seed).isLessThan(10);
  }

  @Test
  void heard_clockSetBack_changesNothing() {
    for (int i = 0; i < 30; i++) {
      hear(1, Duration.ofMinutes(1));
    }
    Duration before = rhythm.unusual();
    rhythm.heard(1, now.minus(Duration.ofDays(1)));
    rhythm.heard(0, now.plus(Duration.ofDays(1)));
    assertThat(rhythm.unusual()).isEqualTo(before);
  }
}
