package org.peal.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.peal.ExitCode;
import org.peal.config.Durations;

/** Reads points in time that people write. Stateless. */
final class Times {

  private static final List<Function<String, Instant>> FORMS =
      List.of(
          text -> Instant.ofEpochSecond(Long.parseLong(text)),
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant(),
          text -> LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant());

  private Times() {}

  /**
   * Reads what stands after {@code option}: a length of time before now, such as {@code 2h}, or
   * what {@link #parse} reads.
   */
  static Instant ago(String option, String text, Instant now) {
    if (!text.chars().allMatch(Character::isDigit)) {
      try {
        return now.minus(Durations.parse(text));
      } catch (IllegalArgumentException e) {
        // not a length of time
      }
    }
    try {
      return parse(option, text);
    } catch (CommandException e) {
      throw new CommandException(
          ExitCode.USAGE, e.getMessage() + "; or a time ago, as in 2h or 7d");
    }
  }

  /** Reads what stands after {@code option}: seconds since 1970, or ISO 8601. */
  static Instant parse(String option, String text) {
    for (Function<String, Instant> form : FORMS) {
      try {
        return form.apply(text);
      } catch (DateTimeException | NumberFormatException e) {
        // the next form may fit
      }
    }
    throw new CommandException(
        ExitCode.USAGE,
        option
            + " must be ISO 8601 (2026-01-31T12:00:00Z) or seconds since 1970: \""
            + text
            + "\"");
  }
}
