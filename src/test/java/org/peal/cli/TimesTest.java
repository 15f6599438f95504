package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.ExitCode;

class TimesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00Z",
    "-1, 1969-12-31T23:59:59Z",
    "1700000000, 2023-11-14T22:13:20Z",
    "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00.5+02:00, 2026-01-31T10:00:00.5Z"
  })
  void parse_absoluteTimes_areRead(String text, Instant expected) {
    assertThat(Times.parse("--at", text)).isEqualTo(expected);
  }

  @Test
  void parse_timesWithoutZone_areLocal() {
    Instant midnight =
        LocalDateTime.of(2026, 1, 31, 0, 0).atZone(ZoneId.systemDefault()).toInstant();
    assertThat(Times.parse("--at", "2026-01-31")).isEqualTo(midnight);
    assertThat(Times.parse("--at", "2026-01-31T00:00")).isEqualTo(midnight);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "tomorrow", "2026-13-01", "1e9", "2026-01-31 12:00", "99999999999999999999"})
  void parse_anythingElse_saysWhatWouldBeRight(String text) {
    assertThatThrownBy(() -> Times.parse("--at", text))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.USAGE))
        .hasMessage(
            "--at must be ISO 8601 (2026-01-31T12:00:00Z) or seconds since 1970: \"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "90s, 2026-01-31T11:58:30Z",
    "2h, 2026-01-31T10:00:00Z",
    "7d, 2026-01-24T12:00:00Z",
    "250ms, 2026-01-31T11:59:59.750Z",
    "0, 1970-01-01T00:00:00Z",
    "1700000000, 2023-11-14T22:13:20Z",
    "2026-01-30T00:00:00Z, 2026-01-30T00:00:00Z"
  })
  void ago_lengthsCountBack_othersAreAbsolute(String text, Instant expected) {
    Instant now = Instant.parse("2026-01-31T12:00:00Z");
    assertThat(Times.ago("--since", text, now)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-2h", "2x", "h", "yesterday"})
  void ago_anythingElse_saysWhatWouldBeRight(String text) {
    assertThatThrownBy(() -> Times.ago("--since", text, Instant.EPOCH))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.USAGE))
        .hasMessage(
            "--since must be ISO 8601 (2026-01-31T12:00:00Z) or seconds since 1970: \""
                + text
                + "\"; or a time ago, as in 2h or 7d");
  }

  @Test
  void ago_longerThanTheCalendar_isRefused() {
    assertThatThrownBy(() -> Times.ago("--since", "99999999999999d", Instant.now()))
        .isInstanceOf(CommandException.class);
  }

  @Test
  void parse_secondsBeyondTheCalendar_areRefused() {
    assertThatThrownBy(() -> Times.parse("--at", Long.toString(Long.MAX_VALUE)))
        .isInstanceOf(CommandException.class);
  }
}
