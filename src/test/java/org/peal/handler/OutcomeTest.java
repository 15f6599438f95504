package org.peal.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutcomeTest {

  @Test
  void kind_eachRecord_itsOwn() {
    List<Outcome> all =
        List.of(
            new Outcome.Done(),
            new Outcome.Ignored("no"),
            new Outcome.Retry(Duration.ZERO, "away"),
            new Outcome.Wait(Duration.ZERO, "down"),
            new Outcome.Drop("bad"),
            new Outcome.Halt(3, "broken", true));
    assertThat(all.stream().map(Outcome::kind).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Outcome.Kind.values());
  }

  @Test
  void isPutOff_whatComesAgainByItself_true() {
    assertThat(new Outcome.Retry(Duration.ZERO, "away").isPutOff()).isTrue();
    assertThat(new Outcome.Wait(Duration.ZERO, "down").isPutOff()).isTrue();
    assertThat(new Outcome.Done().isPutOff()).isFalse();
    assertThat(new Outcome.Halt(3, "broken", true).isPutOff()).isFalse();
  }

  @Test
  void new_withoutReasonOrOutOfRange_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Outcome.Ignored(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Outcome.Drop(""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Outcome.Retry(Duration.ofSeconds(-1), "away"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Outcome.Wait(Duration.ZERO, ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Outcome.Wait(Duration.ofSeconds(-1), "down"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Outcome.Halt(256, "broken", false));
  }
}
