package org.peal.message;

/**
 * A topic with wildcards: {@code *} stands for one segment, {@code #} for any number of them.
 * Immutable.
 */
public final class TopicPattern {

  private TopicPattern() {}

  /** Tells whether a text has a wildcard segment and so is a pattern rather than a plain topic. */
  public static boolean isPattern(String text) {
    throw new UnsupportedOperationException();
  }

  /** Reads a pattern; a text without wildcards matches only itself. */
  public static TopicPattern parse(String text) {
    throw new UnsupportedOperationException();
  }

  /** Tells whether a topic matches; takes time in proportion to the product of both lengths. */
  public boolean matches(String topic) {
    throw new UnsupportedOperationException();
  }

  /** Returns how many segments are not wildcards. */
  public int literalSegments() {
    throw new UnsupportedOperationException();
  }
}
