package org.peal.config;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that a mistyped one was probably meant to be. Stateless. */
public final class Suggestion {

  private static final int MAX_LENGTH = 100;

  private Suggestion() {}

  /** Returns the nearest of the known names, if any is near enough to be worth naming. */
  public static Optional<String> nearest(String given, Collection<String> known) {
    if (given.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    int limit = Math.max(2, given.length() / 3);
    return known.stream()
        .min(Comparator.<String>comparingInt(k -> distance(given, k)).thenComparing(k -> k))
        .filter(best -> distance(given, best) <= limit && distance(given, best) < best.length());
  }

  /** Returns {@code unknown key}, followed by the nearest known key or, failing that, by all. */
  public static String unknownKey(String given, Collection<String> known) {
    return nearest(given, known)
        .map(best -> "unknown key, did you mean \"" + best + "\"?")
        .orElseGet(() -> "unknown key, known here: " + known.stream().collect(joining(", ")));
  }

  /** Counts the letters to insert, delete or replace (Levenshtein), one row at a time. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
