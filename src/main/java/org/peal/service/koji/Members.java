package org.peal.service.koji;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The members of a struct, each read as the type that it should have. Immutable. */
final class Members {

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalStart()
          .appendOffset("+HH:MM", "+00:00")
          .toFormatter();

  private final String what;
  private final Map<?, ?> map;

  private Members(String what, Map<?, ?> map) {
    this.what = what;
    this.map = map;
  }

  /**
   * Returns the members of a value.
   *
   * @param what the value is, for complaints
   * @throws KojiReplyException if it is no struct
   */
  static Members of(String what, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new Members(what, map);
    }
    throw wrong(what, "a struct", value);
  }

  /** Returns a list of structs, each made into something. */
  static <T> List<T> each(String what, @Nullable Object value, Function<Members, T> maker) {
    List<T> made = new ArrayList<>();
    for (Object item : list(what, value)) {
      made.add(maker.apply(of(what, item)));
    }
    return Collections.unmodifiableList(made);
  }

  static List<?> list(String what, @Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrong(what, "a list", value);
  }

  static long number(String what, @Nullable Object value) {
    if (value instanceof Long number) {
      return number;
    }
    throw wrong(what, "an integer", value);
  }

  static String text(String what, @Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw wrong(what, "text", value);
  }

  long number(String name) {
    return number(what + "." + name, map.get(name));
  }

  int smallNumber(String name) {
    long number = number(name);
    if (number != (int) number) {
      throw wrong(what + "." + name, "a number of at most 32 bits", number);
    }
    return (int) number;
  }

  OptionalLong optionalNumber(String name) {
    return map.get(name) == null ? OptionalLong.empty() : OptionalLong.of(number(name));
  }

  String text(String name) {
    return text(what + "." + name, map.get(name));
  }

  Optional<String> optionalText(String name) {
    return map.get(name) == null ? Optional.empty() : Optional.of(text(name));
  }

  /** Returns a truth, false where it is absent. */
  boolean truth(String name) {
    Object value = map.get(name);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    return number(name) != 0;
  }

  /** Returns the items of a list, none where it is absent. */
  List<@Nullable Object> items(String name) {
    Object value = map.get(name);
    return value == null
        ? List.of()
        : Collections.unmodifiableList(new ArrayList<>(list(what + "." + name, value)));
  }

  /** Returns a free structure, empty where it is absent. */
  Map<String, @Nullable Object> structure(String name) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    if (map.get(name) != null) {
      of(what + "." + name, map.get(name))
          .map
          .forEach((key, value) -> copy.put(String.valueOf(key), value));
    }
    return Collections.unmodifiableMap(copy);
  }

  /**
   * Returns a moment, from the seconds {@code NAME_ts} or else from the text {@code NAME_time};
   * where the text of an old hub names no zone it is UTC.
   */
  Optional<Instant> moment(String name) {
    Object seconds = map.get(name + "_ts");
    if (seconds instanceof Double || seconds instanceof Long) {
      return Optional.of(ofSeconds(((Number) seconds).doubleValue()));
    }
    Object time = map.get(name + "_time");
    if (time instanceof LocalDateTime date) {
      return Optional.of(date.toInstant(ZoneOffset.UTC));
    }
    return time == null ? Optional.empty() : Optional.of(ofText(name, text(name + "_time")));
  }

  private static Instant ofSeconds(double seconds) {
    long micros = Math.round(seconds * 1e6);
    return Instant.EPOCH
        .plusNanos(Math.floorMod(micros, 1_000_000L) * 1000)
        .plusSeconds(Math.floorDiv(micros, 1_000_000L));
  }

  private Instant ofText(String name, String text) {
    try {
      return TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from)
              instanceof OffsetDateTime exact
          ? exact.toInstant()
          : LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw wrong(what + "." + name + "_time", "a time", text);
    }
  }

  private static KojiReplyException wrong(String what, String wanted, @Nullable Object value) {
    String found = value == null ? "nothing" : value.getClass().getSimpleName();
    return KojiReplyException.ofOtherForm(what + " should be " + wanted + ", but is " + found);
  }
}
