package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.ExitCode;

class OptionsTest {

  @Test
  void seconds_fractions_areKept() {
    assertThat(Options.seconds("--timeout", 0.25)).isEqualTo(Duration.ofMillis(250));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e9})
  void seconds_senseless_areRefused(double value) {
    assertThatThrownBy(() -> Options.seconds("--timeout", value))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.USAGE))
        .hasMessage(
            "--timeout must be a positive number of seconds, at most 31536000: "
                + Options.plain(value));
  }

  @Test
  void atLeast_less_isRefused() {
    assertThatCode(() -> Options.atLeast("--count", 1, 1)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Options.atLeast("--count", 0, 1))
        .hasMessage("--count must be at least 1: 0");
  }

  @Test
  void address_wrong_namesOptionAndValue() {
    assertThat(Options.address("--in", "tcp://*:0").port()).isZero();
    assertThatThrownBy(() -> Options.address("--in", "localhost:1"))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.USAGE))
        .hasMessageStartingWith("--in: ")
        .hasMessageContaining("localhost:1");
  }

  @Test
  void remote_portZero_isRefused() {
    assertThatThrownBy(() -> Options.remote("--connect", "tcp://host:0"))
        .isInstanceOf(CommandException.class)
        .hasMessage("--connect: port must be at least 1 to connect to: \"tcp://host:0\"");
    assertThat(Options.remote("--connect", "tcp://*:1")).hasToString("tcp://127.0.0.1:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "0.5", "100000000", "-1"})
  void plain_numbers_haveNoExponentAndNoNeedlessZeros(String text) {
    assertThat(Options.plain(Double.parseDouble(text))).isEqualTo(text);
  }
}
