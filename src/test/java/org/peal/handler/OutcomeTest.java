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
            new Outcome.Drop("bad"),
            new Outcome.Halt(3, "broken", true));
    assertThat(all.stream().map(Outcome::kind).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Outcome.Kind.values());
  }

  @Test
  void new_withoutReasonOrOutOfRange_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Outcome.Ignored(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Outcome.Drop(""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Outcome.Retry(Duration.ofSeconds(-1), "away"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Outcome.Halt(256, "broken", false));
  }
}
