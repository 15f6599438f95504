package org.peal.message;

import java.util.List;

/**
 * A topic with wildcards: a segment {@code *} stands for exactly one segment, a segment {@code #}
 * for any number of them, also none. Immutable.
 *
 * @param value the full text
 */
public record TopicPattern(String value) {

  private static final String ONE = "*";
  private static final String ANY = "#";

  /** Tells whether a text has a wildcard segment and so is a pattern rather than a plain topic. */
  public static boolean isPattern(String text) {
    return segments(text).stream().anyMatch(TopicPattern::isWildcard);
  }

  /** Reads a pattern; a text without wildcards matches only itself. */
  public static TopicPattern parse(String text) {
    return new TopicPattern(text);
  }

  /** Tells whether a topic matches; takes time in proportion to the product of both lengths. */
  public boolean matches(String topic) {
    return matches(segments(value), segments(topic));
  }

  /** Returns how many segments are not wildcards. */
  public int literalSegments() {
    return (int) segments(value).stream().filter(segment -> !isWildcard(segment)).count();
  }

  private static boolean isWildcard(String segment) {
    return segment.equals(ONE) || segment.equals(ANY);
  }

  // Greedy with one point of return: only the last # is ever widened, because whatever an earlier
  // one could take over, the last one can too.
  private static boolean matches(List<String> pattern, List<String> topic) {
    int p = 0;
    int t = 0;
    int lastAny = -1;
    int resume = 0;
    while (t < topic.size()) {
      if (p < pattern.size() && pattern.get(p).equals(ANY)) {
        lastAny = p++;
        resume = t;
      } else if (p < pattern.size() && matchesOne(pattern.get(p), topic.get(t))) {
        p++;
        t++;
      } else if (lastAny >= 0) {
        p = lastAny + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    return pattern.subList(p, pattern.size()).stream().allMatch(ANY::equals);
  }

  private static boolean matchesOne(String pattern, String segment) {
    return pattern.equals(ONE) || pattern.equals(segment);
  }

  private static List<String> segments(String text) {
    return List.of(text.split("\\.", -1));
  }

  @Override
  public String toString() {
    return value;
  }
}
