package org.peal.crypto.x509;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells an operator about revocation lists that end soon or have ended: when a stage begins, and
 * once a day while it lasts. For one thread.
 */
final class CrlWarnings {

  private static final Duration AGAIN_AFTER = Duration.ofDays(1);

  private record Told(CrlLife.Stage stage, Instant end, Instant when) {}

  private final Consumer<String> tell;

  /** By authority, so bounded by the trusted authorities. */
  private final Map<String, Told> told = new HashMap<>();

  CrlWarnings(Consumer<String> tell) {
    this.tell = tell;
  }

  void look(TrustSnapshot trust, Instant now) {
    trust.lives(now).forEach(life -> look(life, now));
  }

  private void look(CrlLife life, Instant now) {
    Optional<String> warning = life.warning(now);
    if (warning.isEmpty()) {
      told.remove(life.authority());
    } else if (isNews(life, now)) {
      tell.accept("revocation list of " + life.authority() + " " + warning.get());
      told.put(life.authority(), new Told(life.stage(now), life.end(), now));
    }
  }

  private boolean isNews(CrlLife life, Instant now) {
    Told last = told.get(life.authority());
    return last == null
        || last.stage() != life.stage(now)
        || !last.end().equals(life.end())
        || !now.isBefore(last.when().plus(AGAIN_AFTER));
  }
}
