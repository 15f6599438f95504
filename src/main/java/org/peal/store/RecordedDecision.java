package org.peal.store;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.peal.message.MessageId;

/**
 * What a handler decided about one message, to be found again by its labels. Immutable.
 *
 * @param handler the name of the handler
 * @param message the message
 * @param made when it was decided
 * @param json the decision, as the handler writes it
 * @param labels values by kind, such as {@code tag}
 */
public record RecordedDecision(
    String handler, MessageId message, Instant made, String json, Map<String, Set<String>> labels) {

  public RecordedDecision {
    Map<String, Set<String>> copy = new TreeMap<>();
    labels.forEach(
        (kind, values) -> copy.put(kind, Collections.unmodifiableSet(new TreeSet<>(values))));
    labels = Collections.unmodifiableMap(copy);
  }
}
