package org.peal.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The written form of a length of time: a whole number and one unit, such as {@code 500ms}, {@code
 * 1s}, {@code 2m}, {@code 1h} or {@code 7d}. Stateless.
 */
public final class Durations {

  private static final int MAX_DIGITS = 9;
  private static final Map<String, Duration> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("d", Duration.ofDays(1));
    UNITS.put("h", Duration.ofHours(1));
    UNITS.put("m", Duration.ofMinutes(1));
    UNITS.put("s", Duration.ofSeconds(1));
    UNITS.put("ms", Duration.ofMillis(1));
  }

  private Durations() {}

  /**
   * Reads a length of time; only {@code 0} needs no unit.
   *
   * @throws IllegalArgumentException naming the text and what would be right
   */
  public static Duration parse(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    String unit = text.substring(digits);
    if (text.equals("0")) {
      return Duration.ZERO;
    } else if (digits > 0 && unit.isEmpty()) {
      throw new IllegalArgumentException(
          "time needs a unit, such as " + text + "s or " + text + "ms: " + text);
    } else if (digits == 0 || digits > MAX_DIGITS || !UNITS.containsKey(unit)) {
      throw new IllegalArgumentException(
          "time must be a whole number with a unit (500ms, 1s, 2m, 1h, 7d): \"" + text + "\"");
    }
    return UNITS.get(unit).multipliedBy(Integer.parseInt(text.substring(0, digits)));
  }

  /** Returns the shortest text that {@link #parse} reads as the same time, to the millisecond. */
  public static String format(Duration time) {
    if (time.isZero()) {
      return "0";
    }
    long millis = time.toMillis();
    return UNITS.entrySet().stream()
        .filter(unit -> millis % unit.getValue().toMillis() == 0)
        .findFirst()
        .map(unit -> millis / unit.getValue().toMillis() + unit.getKey())
        .orElseThrow();
  }
}
