package org.peal.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.peal.message.Severity;

/** A kind of message, as its publisher has declared it. Thread-safe. */
public interface MessageSchema {

  /** The name under which every receiver knows the kind of all messages. */
  String BASE = "base.message";

  /** Returns the name that messages carry. */
  String name();

  /** Returns the name of the package that declares it, as messages carry it. */
  Optional<String> packageName();

  /** Returns the topic of messages for which none is given; may be empty. */
  String topic();

  /** Returns how grave messages are for which nothing is said. */
  Severity severity();

  /** Tells whether publishers are about to give it up. */
  boolean isDeprecated();

  /** Returns what of a message breaks the rules, for people; empty if it keeps them. */
  Optional<String> problem(ObjectNode headers, ObjectNode body);

  /**
   * Returns the names of the headers that say who and what a message is about, in the order in
   * which they are written.
   */
  List<String> filterHeaders(ObjectNode body);

  /** Returns a message in one line; the topic if there is nothing better. */
  String summary(String topic, ObjectNode body);
}
