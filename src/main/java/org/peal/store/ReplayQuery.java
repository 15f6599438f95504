package org.peal.store;

import java.util.List;

/**
 * Which messages of a log are asked for. Answers come in the order of sequence ids, each message
 * once, however often it was named. Immutable.
 */
public sealed interface ReplayQuery {

  /** The messages with these sequence ids, in any order, equal ones allowed. */
  record Ids(List<Long> ids) implements ReplayQuery {
    public Ids {
      ids = List.copyOf(ids);
    }
  }

  /** The messages from one sequence id to another, both included; nothing if they are reversed. */
  record Range(long first, long last) implements ReplayQuery {}

  /** The messages with these ids. */
  record MessageIds(List<String> ids) implements ReplayQuery {
    public MessageIds {
      ids = List.copyOf(ids);
    }
  }

  /** The messages of a span of time, in seconds since 1970, both ends included. */
  record Time(double from, double until) implements ReplayQuery {}

  /** The messages that at least one of the queries asks for. */
  record AnyOf(List<ReplayQuery> queries) implements ReplayQuery {
    public AnyOf {
      queries = List.copyOf(queries);
    }
  }

  /** All messages. */
  record Everything() implements ReplayQuery {}
}
