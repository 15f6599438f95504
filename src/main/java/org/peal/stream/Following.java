package org.peal.stream;

import java.util.List;

/**
 * How a durable subscriber stands with the publishers that it follows. Immutable.
 *
 * @param subscriber its name
 * @param counters what it has counted since its start
 * @param streams what it follows
 */
public record Following(String subscriber, StreamCounters counters, List<Stream> streams) {

  public Following {
    streams = List.copyOf(streams);
  }

  /**
   * How far one stream was followed. Immutable.
   *
   * @param publisher its name in the endpoint map
   * @param stream its identity
   * @param cursor the last sequence id that is done with; -1 before the first message
   * @param known the greatest sequence id that a message or the log itself has told; at least the
   *     cursor
   * @param held messages that wait behind a gap
   * @param open messages that were passed over and are still asked for
   */
  public record Stream(
      String publisher, String stream, long cursor, long known, int held, long open) {

    /** Returns how many messages the publisher is known to be ahead. */
    public long lag() {
      return known - cursor;
    }
  }
}
