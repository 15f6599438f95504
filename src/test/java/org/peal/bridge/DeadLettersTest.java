package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.Delivery;

class DeadLettersTest {

  private static final Instant NOW = Crossings.NOW.instant();

  @TempDir Path state;

  @Test
  void add_sameMessageTwice_isKeptOnceAndComesBackWhole() {
    DeadLetters letters = new DeadLetters(state);
    Delivery delivery =
        BridgeVectors.delivery(new byte[] {(byte) 0xff}, "{".getBytes(), Crossings.none());

    letters.add(DeadLetter.of(delivery, "first", NOW));
    letters.add(DeadLetter.of(delivery, "second", NOW.plusSeconds(1)));

    assertThat(letters.list())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reason()).isEqualTo("second");
              assertThat(letter.raw(NOW).orElseThrow().topic()).containsExactly(0xff);
              assertThat(letter.raw(NOW).orElseThrow().payload()).containsExactly('{');
            });
  }

  @Test
  void tryAgain_movesALetterUntilItWasTried() {
    DeadLetters letters = new DeadLetters(state);
    letters.add(
        DeadLetter.of(
            BridgeVectors.delivery("t", BridgeVectors.json("{}"), Crossings.none()), "why", NOW));

    letters.tryAgain(letters.list().get(0));

    DeadLetters others = new DeadLetters(state);
    assertThat(others.list()).isEmpty();
    assertThat(others.toTryAgain()).hasSize(1);
    others.tried(others.toTryAgain().get(0));
    assertThat(letters.toTryAgain()).isEmpty();
  }

  @Test
  void serviceName_realTopics_endBehindTheEnvironment() {
    assertThat(ServiceName.of("org.fedoraproject.prod.bodhi.update.comment"))
        .isEqualTo("org.fedoraproject.prod.bodhi");
    assertThat(ServiceName.of("io.pagure.prod.pagure.issue.new"))
        .isEqualTo("io.pagure.prod.pagure");
    assertThat(ServiceName.of("org.centos.stage.ci")).isEqualTo("org.centos.stage.ci");
    assertThat(ServiceName.of("org.example.app.event")).isEqualTo("org.example.app");
    assertThat(ServiceName.of("short")).isEqualTo("short");
  }
}
