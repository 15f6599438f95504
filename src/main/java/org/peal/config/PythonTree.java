package org.peal.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A YAML 1.1 text as Python's PyYAML reads it with its safe loader, each value with its place.
 * Immutable.
 *
 * <p>{@link YamlTree} is for Peal's own files; this is for files whose meaning a Python program has
 * defined, where {@code 1e3} is text, {@code on} may be a key that is a truth value, and the last
 * of equal keys wins.
 */
public sealed interface PythonTree {

  /** The longest text that is read, in code points. */
  int MAX_LENGTH = 4 << 20;

  /** Returns where this value begins. */
  Place place();

  /**
   * Reads a text that holds one document or none; none gives the scalar null.
   *
   * @param source where the text is from; every value in it is placed relative to it
   * @throws ConfigException naming source, line and column
   */
  static PythonTree parse(String text, Place source) {
    return new PythonYaml(source).parse(text);
  }

  /**
   * Reads a text as {@link #parse(String, Place)} does.
   *
   * @throws ConfigException also if the bytes are not UTF-8
   */
  static PythonTree parse(byte[] utf8, Place source) {
    return parse(YamlReader.decode(utf8, source), source);
  }

  /**
   * Reads the bytes of a file for {@link #parse(byte[], Place)}.
   *
   * @throws ConfigException if that is not possible or the file is too long
   */
  static byte[] bytes(Path file) {
    return YamlReader.bytes(file, Place.of(file), MAX_LENGTH);
  }

  /**
   * A single value.
   *
   * @param value null, {@link Boolean}, {@link BigInteger}, {@link Double}, {@link String}, {@link
   *     LocalDate}, {@link LocalDateTime} or {@link OffsetDateTime}
   * @param text the value as it was written, without quotes
   */
  record Scalar(@Nullable Object value, String text, Place place) implements PythonTree {
    /** Returns the scalar for a value that no text was read for. */
    public static Scalar of(@Nullable Object value, Place place) {
      return new Scalar(value, String.valueOf(value), place);
    }
  }

  /** An ordered list of values. */
  record Sequence(List<PythonTree> items, Place place) implements PythonTree {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * Values by key, in the order in which the keys were first written.
   *
   * @param entries by {@link #keyOf} of their keys
   * @param duplicates keys that were written again, at their later places
   */
  record Mapping(Map<Object, Entry> entries, List<Scalar> duplicates, Place place)
      implements PythonTree {

    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
      duplicates = List.copyOf(duplicates);
    }

    /**
     * Returns the value of a text key, or null when there is none; a null in the file is a node.
     */
    public @Nullable PythonTree get(String key) {
      Entry entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    /** Returns the value of a key that Python takes for equal to this one, or null. */
    public @Nullable PythonTree get(Scalar key) {
      Entry entry = entries.get(keyOf(key));
      return entry == null ? null : entry.value();
    }

    /**
     * Returns an object that equals another one when Python's dictionaries take them for one key.
     */
    static Object keyOf(Scalar key) {
      Object value = key.value();
      if (value instanceof Boolean truth) {
        return truth ? BigInteger.ONE : BigInteger.ZERO;
      } else if (value instanceof Double number) {
        return wholeOrSame(number);
      }
      return value == null ? Nothing.NOTHING : value;
    }

    private static Object wholeOrSame(Double number) {
      boolean whole = number == Math.rint(number) && !number.isInfinite();
      return whole ? new BigDecimal(number).toBigInteger() : number;
    }

    private enum Nothing {
      NOTHING
    }
  }

  /** A key, which is always a scalar, and its value. */
  record Entry(Scalar key, PythonTree value) {}
}
