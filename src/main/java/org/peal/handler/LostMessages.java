package org.peal.handler;

/**
 * Neighbouring messages of one publisher that will not come, as far as is known. Immutable.
 *
 * @param publisher its name in the endpoint map
 * @param stream the identity of its log
 * @param firstSequenceId the first one that is lost
 * @param lastSequenceId the last one that is lost, at least the first
 * @param reason why, for people
 */
public record LostMessages(
    String publisher, String stream, long firstSequenceId, long lastSequenceId, String reason) {

  public LostMessages {
    if (lastSequenceId < firstSequenceId) {
      throw new IllegalArgumentException(
          "not a span of sequence ids: " + firstSequenceId + ".." + lastSequenceId);
    }
  }
}
