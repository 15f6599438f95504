package org.peal.store;

import java.util.List;

/**
 * Some of the messages that a query asks for. Immutable.
 *
 * @param messages in the order of sequence ids; empty when nothing is left
 * @param complete whether nothing that was in the log when it was read comes after these
 */
public record Page(List<StoredMessage> messages, boolean complete) {

  /**
   * How large a page may be. Immutable.
   *
   * @param messages the most messages, at least 1
   * @param bytes the most bytes of payload; the first message is given however large it is
   */
  public record Limit(int messages, long bytes) {
    public Limit {
      if (messages < 1 || bytes < 1) {
        throw new IllegalArgumentException("a page must have room: " + messages + ", " + bytes);
      }
    }
  }

  public Page {
    messages = List.copyOf(messages);
  }
}
