package org.peal.config;

/**
 * One thing that is wrong with a configuration or another file for people. Immutable.
 *
 * @param place where it was said
 * @param key the dotted key it is about, or empty when it is about the whole source
 * @param text what is wrong and what would be right
 */
public record Problem(Place place, String key, String text) {

  /** Returns {@code place: key: text} on one line. */
  @Override
  public String toString() {
    return key.isEmpty() ? place + ": " + text : place + ": " + key + ": " + text;
  }
}
