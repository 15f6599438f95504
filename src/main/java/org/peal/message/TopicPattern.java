package org.peal.message;

import java.util.List;

/**
 * A topic with wildcards: a segment {@code *} stands for exactly one segment, a segment {@code #}
 * for any number of them, also none. Immutable.
 *
 * @param segments the parts between the dots, at least one; a part may be empty
 */
public record TopicPattern(List<String> segments) {

  private static final String ONE = "*";
  private static final String ANY = "#";

  public TopicPattern {
    segments = List.copyOf(segments);
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("topic pattern must have a segment");
    }
  }

  /** Reads a pattern; a text without wildcards matches only itself. */
  public static TopicPattern parse(String text) {
    return new TopicPattern(Topic.split(text));
  }

  /** Tells whether a text has a wildcard segment and so is a pattern rather than a plain topic. */
  public static boolean isPattern(String text) {
    return Topic.split(text).stream().anyMatch(TopicPattern::isWildcard);
  }

  private static boolean isWildcard(String segment) {
    return segment.equals(ONE) || segment.equals(ANY);
  }

  /** Returns how many segments are not wildcards. */
  public int literalSegments() {
    return (int) segments.stream().filter(segment -> !isWildcard(segment)).count();
  }

  /** Tells whether a topic matches; takes time in proportion to the product of both lengths. */
  public boolean matches(Topic topic) {
    return matches(topic.value());
  }

  /** Tells whether a topic matches; takes time in proportion to the product of both lengths. */
  public boolean matches(String topic) {
    return matches(Topic.split(topic));
  }

  // Greedy with one point of return: only the last # met is ever widened, because whatever an
  // earlier one could take over, the last one can take as well.
  private boolean matches(List<String> topic) {
    int p = 0;
    int t = 0;
    int afterAny = -1;
    int resume = 0;
    while (t < topic.size()) {
      if (p < segments.size() && segments.get(p).equals(ANY)) {
        afterAny = ++p;
        resume = t;
      } else if (p < segments.size() && matchesOne(segments.get(p), topic.get(t))) {
        p++;
        t++;
      } else if (afterAny >= 0) {
        p = afterAny;
        t = ++resume;
      } else {
        return false;
      }
    }
    return segments.subList(p, segments.size()).stream().allMatch(ANY::equals);
  }

  private static boolean matchesOne(String pattern, String segment) {
    return pattern.equals(ONE) || pattern.equals(segment);
  }

  @Override
  public String toString() {
    return String.join(".", segments);
  }
}
