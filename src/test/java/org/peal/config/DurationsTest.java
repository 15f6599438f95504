package org.peal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "0s, PT0S",
    "500ms, PT0.5S",
    "1s, PT1S",
    "2m, PT2M",
    "1h, PT1H",
    "7d, PT168H",
    "90s, PT90S",
    "999999999d, PT23999999976H"
  })
  void parse_numberWithUnit_isThatTime(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "s", "1 s", "1S", "-1s", "+1s", "1.5s", "1w", "1us", "1h30m", "9999999999s"})
  void parse_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "time must be a whole number with a unit (500ms, 1s, 2m, 1h, 7d): \"" + text + "\"");
  }

  @Test
  void parse_bareNumber_asksForAUnit() {
    assertThatThrownBy(() -> Durations.parse("90"))
        .hasMessage("time needs a unit, such as 90s or 90ms: 90");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1ms", "1500ms", "90s", "2m", "36h", "7d"})
  void format_anyTime_isReadAsTheSame(String text) {
    assertThat(Durations.format(Durations.parse(text))).isEqualTo(text);
  }
}
