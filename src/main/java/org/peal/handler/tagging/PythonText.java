package org.peal.handler.tagging;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.node.DoubleNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.peal.config.PythonTree;
import org.peal.config.PythonTree.Entry;
import org.peal.config.PythonTree.Mapping;
import org.peal.config.PythonTree.Scalar;
import org.peal.config.PythonTree.Sequence;
import org.peal.json.CanonicalJson;

/** The text that Python's {@code str} gives for a value. For one value, one thread. */
final class PythonText {

  /** Aliases make values that are far longer than the text that they were read from. */
  private static final int MAX_LENGTH = 8 << 20;

  private static final int SECONDS_IN_DAY = 86_400;
  private static final int NANOS_IN_MICROSECOND = 1000;

  private final StringBuilder out = new StringBuilder();

  private PythonText() {}

  /**
   * Returns the text.
   *
   * @throws MatchException if it would be too long
   */
  static String of(PythonTree value) throws MatchException {
    if (value instanceof Scalar scalar) {
      return of(scalar);
    }
    PythonText text = new PythonText();
    text.repr(value);
    return text.out.toString();
  }

  /** Returns the text of a single value. */
  static String of(Scalar scalar) {
    Object value = scalar.value();
    if (value instanceof LocalDateTime time) {
      return clock(time);
    } else if (value instanceof OffsetDateTime time) {
      return clock(time.toLocalDateTime()) + offset(time.getOffset());
    }
    return value instanceof String text ? text : plain(value);
  }

  private static String plain(@Nullable Object value) {
    if (value == null) {
      return "None";
    } else if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    } else if (value instanceof Double number) {
      return real(number);
    }
    return value.toString();
  }

  private static String real(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    } else if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    return new String(CanonicalJson.write(DoubleNode.valueOf(number)), US_ASCII);
  }

  private static String clock(LocalDateTime time) {
    String text =
        "%s %02d:%02d:%02d"
            .formatted(time.toLocalDate(), time.getHour(), time.getMinute(), time.getSecond());
    int micros = time.getNano() / NANOS_IN_MICROSECOND;
    return micros == 0 ? text : text + ".%06d".formatted(micros);
  }

  private static String offset(ZoneOffset offset) {
    return offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId();
  }

  private void repr(PythonTree value) throws MatchException {
    if (out.length() > MAX_LENGTH) {
      throw new MatchException("MemoryError", "a value is longer than " + MAX_LENGTH + " as text");
    }
    if (value instanceof Scalar scalar) {
      repr(scalar);
    } else if (value instanceof Sequence list) {
      out.append('[');
      for (PythonTree item : list.items()) {
        separate('[');
        repr(item);
      }
      out.append(']');
    } else if (value instanceof Mapping mapping) {
      out.append('{');
      for (Entry entry : mapping.entries().values()) {
        separate('{');
        repr(entry.key());
        out.append(": ");
        repr(entry.value());
      }
      out.append('}');
    }
  }

  private void separate(char open) {
    if (out.charAt(out.length() - 1) != open) {
      out.append(", ");
    }
  }

  private void repr(Scalar scalar) {
    Object value = scalar.value();
    if (value instanceof String text) {
      quote(text);
    } else if (value instanceof LocalDate date) {
      out.append("datetime.date(").append(numbers(date)).append(')');
    } else if (value instanceof LocalDateTime time) {
      out.append("datetime.datetime(").append(numbers(time)).append(')');
    } else if (value instanceof OffsetDateTime time) {
      out.append("datetime.datetime(")
          .append(numbers(time.toLocalDateTime()))
          .append(", tzinfo=")
          .append(zone(time.getOffset().getTotalSeconds()))
          .append(')');
    } else {
      out.append(plain(value));
    }
  }

  private static String numbers(LocalDate date) {
    return date.getYear() + ", " + date.getMonthValue() + ", " + date.getDayOfMonth();
  }

  private static String numbers(LocalDateTime time) {
    int micros = time.getNano() / NANOS_IN_MICROSECOND;
    String text = numbers(time.toLocalDate()) + ", " + time.getHour() + ", " + time.getMinute();
    if (time.getSecond() != 0 || micros != 0) {
      text += ", " + time.getSecond();
    }
    return micros == 0 ? text : text + ", " + micros;
  }

  private static String zone(int seconds) {
    if (seconds == 0) {
      return "datetime.timezone.utc";
    }
    String days = seconds < 0 ? "days=-1, " : "";
    return "datetime.timezone(datetime.timedelta("
        + days
        + "seconds="
        + Math.floorMod(seconds, SECONDS_IN_DAY)
        + "))";
  }

  private void quote(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(quote);
    text.codePoints().forEach(c -> quoted(c, quote));
    out.append(quote);
  }

  private void quoted(int c, char quote) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c == quote || c == '\\') {
          out.append('\\').appendCodePoint(c);
        } else if (isPrintable(c)) {
          out.appendCodePoint(c);
        } else {
          String form = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
          out.append(String.format(Locale.ROOT, form, c));
        }
      }
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
