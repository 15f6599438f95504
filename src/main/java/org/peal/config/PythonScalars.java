package org.peal.config;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns the text of a scalar into the value that PyYAML's safe loader gives it. Stateless. */
final class PythonScalars {

  static final Pattern TIMESTAMP =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}"
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
              + "(?:\\.[0-9]*)?(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?");

  private static final Pattern PARTS =
      Pattern.compile(
          "([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
              + "(?:(?:[Tt]|[ \\t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})"
              + "(?:\\.([0-9]*))?[ \\t]*(Z|([-+])([0-9]{1,2})(?::([0-9]{2}))?)?)?");

  /** The digits of a second that Python keeps. */
  private static final int MICROSECOND_DIGITS = 6;

  private static final int NANOS_IN_MICROSECOND = 1000;
  private static final Set<Tag> NUMBERS = Set.of(Tag.BOOL, Tag.INT, Tag.FLOAT);

  private PythonScalars() {}

  /**
   * Returns the value of a text with a tag, as {@link PythonTree.Scalar} holds it.
   *
   * @throws IllegalArgumentException saying why there is none
   */
  static @Nullable Object read(Tag tag, String text) {
    if (tag.equals(Tag.STR)) {
      return text;
    } else if (tag.equals(Tag.NULL)) {
      return null;
    } else if (tag.equals(Tag.TIMESTAMP)) {
      return time(text);
    } else if (!NUMBERS.contains(tag)) {
      throw new IllegalArgumentException(
          "tag " + tag.getValue() + " is not allowed: only plain data is");
    } else if (text.length() > YamlNodes.MAX_NUMBER_LENGTH) {
      throw new IllegalArgumentException(
          "number must have at most " + YamlNodes.MAX_NUMBER_LENGTH + " characters");
    }
    Object value = YamlNumbers.read(tag, text);
    if (value == null) {
      throw new IllegalArgumentException("not a value of type " + tag.getValue());
    }
    return value instanceof Integer || value instanceof Long
        ? BigInteger.valueOf(((Number) value).longValue())
        : value;
  }

  private static Object time(String text) {
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a time");
    }
    try {
      LocalDate date = LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3));
      if (date.getYear() == 0) {
        throw new IllegalArgumentException("Python has no year 0");
      }
      if (parts.group(4) == null) {
        return date;
      }
      LocalDateTime time =
          date.atTime(number(parts, 4), number(parts, 5), number(parts, 6), fraction(parts));
      return parts.group(8) == null ? time : time.atOffset(offset(parts));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("there is no such time", e);
    }
  }

  private static int fraction(Matcher parts) {
    String digits = parts.group(7);
    if (digits == null) {
      return 0;
    }
    String padded = (digits + "000000").substring(0, MICROSECOND_DIGITS);
    return Integer.parseInt(padded) * NANOS_IN_MICROSECOND;
  }

  private static ZoneOffset offset(Matcher parts) {
    if (parts.group(9) == null) {
      return ZoneOffset.UTC;
    }
    int minutes = parts.group(11) == null ? 0 : number(parts, 11);
    int seconds = (number(parts, 10) * 60 + minutes) * 60;
    return ZoneOffset.ofTotalSeconds("-".equals(parts.group(9)) ? -seconds : seconds);
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }
}
