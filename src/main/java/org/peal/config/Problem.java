package org.peal.config;

import java.util.regex.Pattern;

/**
 * One thing that is wrong with a configuration or another file for people. Immutable.
 *
 * @param place where it was said
 * @param key the dotted key it is about, or empty when it is about the whole source
 * @param text what is wrong and what would be right
 */
public record Problem(Place place, String key, String text) {

  private static final int MAX_SHOWN = 500;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** Returns {@code place: key: text} on one line of bounded length, safe for any terminal. */
  @Override
  public String toString() {
    String whole = place + ": " + (key.isEmpty() ? "" : key + ": ") + text;
    String shown = whole.length() > MAX_SHOWN ? whole.substring(0, MAX_SHOWN) + "..." : whole;
    return CONTROL
        .matcher(shown)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }
}
