package org.peal.handler;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.peal.bus.Bus;
import org.peal.message.Topic;
import org.peal.message.TopicPattern;

/**
 * On which terms a handler is run. Immutable.
 *
 * @param name the name under which the configuration has it
 * @param topics which topics it gets; at least one
 * @param publishOn the bus for what it publishes; empty for the one that the message came by
 * @param isDryRun whether it may change nothing outside
 * @param deadline how long one message may take
 * @param retry when it is tried again, and when no more
 * @param window messages from longer ago go to review: what was done with them is forgotten
 */
public record HandlerTerms(
    String name,
    List<TopicPattern> topics,
    Optional<Bus> publishOn,
    boolean isDryRun,
    Duration deadline,
    RetryConfig retry,
    Duration window) {

  public HandlerTerms {
    topics = List.copyOf(topics);
    if (topics.isEmpty()) {
      throw new IllegalArgumentException("handler " + name + " must have at least one topic");
    }
  }

  /** Tells whether the handler gets the messages of a topic. */
  boolean wants(Topic topic) {
    return topics.stream().anyMatch(pattern -> pattern.matches(topic));
  }
}
