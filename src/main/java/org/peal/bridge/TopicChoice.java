package org.peal.bridge;

import java.util.List;
import org.peal.message.TopicPattern;

/**
 * Which topics cross. Each entry is the beginning of topics, as on ZeroMQ, or, if it has a segment
 * {@code *} or {@code #}, a pattern, as on AMQP. Immutable.
 *
 * @param include what crosses; everything if empty
 * @param exclude what of that does not
 */
record TopicChoice(List<String> include, List<String> exclude) {

  static final TopicChoice ALL = new TopicChoice(List.of(), List.of());

  TopicChoice {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  boolean takes(String topic) {
    return (include.isEmpty() || include.stream().anyMatch(entry -> matches(entry, topic)))
        && exclude.stream().noneMatch(entry -> matches(entry, topic));
  }

  private static boolean matches(String entry, String topic) {
    return TopicPattern.isPattern(entry)
        ? TopicPattern.parse(entry).matches(topic)
        : topic.startsWith(entry);
  }
}
