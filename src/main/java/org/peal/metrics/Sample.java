package org.peal.metrics;

import java.util.Map;
import java.util.TreeMap;

/**
 * One number that is measured, at one moment. Immutable.
 *
 * @param kind whether it only grows
 * @param name small letters with {@code _}, which begin with {@code peal_} unless it is one that
 *     another program has made known; a counter's without {@code _total}
 * @param help what it counts, in a few words
 * @param labels what tells it from others of its name; the same keys for all of one name
 * @param value the number
 */
public record Sample(
    Kind kind, String name, String help, Map<String, String> labels, double value) {

  /** How a number behaves. */
  public enum Kind {
    /** It only grows, until the process ends. */
    COUNTER,
    /** It goes up and down. */
    GAUGE
  }

  public Sample {
    if (!name.matches("[a-z][a-z0-9_]*") || name.endsWith("_total")) {
      throw new IllegalArgumentException(
          "a metric must be named by small letters, without _total: \"" + name + "\"");
    }
    labels = new TreeMap<>(labels);
  }

  /** Returns a number that only grows. */
  public static Sample counter(String name, String help, Map<String, String> labels, long value) {
    return new Sample(Kind.COUNTER, name, help, labels, value);
  }

  /** Returns a number that goes up and down. */
  public static Sample gauge(String name, String help, Map<String, String> labels, double value) {
    return new Sample(Kind.GAUGE, name, help, labels, value);
  }
}
