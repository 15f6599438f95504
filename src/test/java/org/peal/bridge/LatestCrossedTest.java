package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peal.message.MessageId;
import org.peal.store.Acquaintance;
import org.peal.store.HandledMessage;
import org.peal.store.MessageKey;

/** Copies that come before the store knows of the first one. */
class LatestCrossedTest {

  private static final String A = "6f1d0d4e-1f1e-4c9e-9b5d-00000000000a";
  private static final String B = "6f1d0d4e-1f1e-4c9e-9b5d-00000000000b";
  private static final String C = "6f1d0d4e-1f1e-4c9e-9b5d-00000000000c";
  private static final Acquaintance NEW = new Acquaintance.New();

  private final LatestCrossed latest = new LatestCrossed(2);

  private static HandledMessage message(String id, String hash) {
    return new HandledMessage(
        new MessageKey("bridge.to-amqp", new MessageId(id), hash, Optional.empty()),
        "crossed",
        "",
        List.of(),
        Instant.EPOCH);
  }

  @Test
  void check_copyUnderAnotherYear_isTheSame_otherContentAConflict() {
    assertThat(latest.check(message("2025-" + A, "h"), NEW)).isEqualTo(NEW);

    assertThat(latest.check(message("2026-" + A, "h"), NEW)).isInstanceOf(Acquaintance.Same.class);
    assertThat(latest.check(message("2025-" + A, "other"), NEW))
        .isInstanceOf(Acquaintance.Conflict.class);
  }

  @Test
  void check_whatTheStoreKnows_isNotRemembered() {
    Acquaintance conflict = new Acquaintance.Conflict(message("2025-" + A, "old"));

    assertThat(latest.check(message("2025-" + A, "h"), conflict)).isEqualTo(conflict);
    assertThat(latest.check(message("2025-" + A, "h"), NEW)).isEqualTo(NEW);
  }

  @Test
  void check_remembersSoManyOnly() {
    for (String id : List.of("2026-" + A, "2026-" + B, "2026-" + C)) {
      latest.check(message(id, "h"), NEW);
    }

    assertThat(latest.check(message("2026-" + B, "h"), NEW)).isInstanceOf(Acquaintance.Same.class);
    assertThat(latest.check(message("2026-" + A, "h"), NEW)).isEqualTo(NEW);
  }
}
