package org.peal.store;

import org.peal.message.MessageId;
import org.peal.message.Topic;

/**
 * One message of a publisher's log. Nobody may change its bytes.
 *
 * @param sequenceId its place in the log, from 1, without holes between neighbours
 * @param id its message id, unique within the log
 * @param topic what it is about
 * @param seconds its {@code timestamp} member, in seconds since 1970
 * @param payload the second frame exactly as it was or will be sent; it holds the sequence id
 */
public record StoredMessage(
    long sequenceId, MessageId id, Topic topic, long seconds, byte[] payload) {

  public StoredMessage {
    if (sequenceId < 1) {
      throw new IllegalArgumentException("sequence id must be at least 1: " + sequenceId);
    }
  }
}
