package org.peal.stream;

import java.util.List;
import java.util.Optional;
import org.peal.bus.Delivery;
import org.peal.store.ReplayQuery;

/**
 * Some of the messages that a publisher's log was asked for. Immutable.
 *
 * @param messages those that were verified (or all, when nobody verifies), in the log's order
 * @param refused those that did not verify, with their verdicts; what they say of their place in
 *     the log is worth nothing
 * @param until the sequence id up to which the log has answered: what it has of the asked ids up to
 *     there is in this page or one before; to be given as {@code after} for the next page
 * @param complete whether the log had nothing more when it answered
 * @param gone of the asked sequence ids up to {@code until}, those that the log has no longer, in
 *     ascending order; where {@code log} is empty, those that the server left out without a reason
 * @param leftOut the asked sequence ids that topic filters kept back, in ascending order
 * @param log what the server says of its log; empty for servers that do not know our extension
 */
public record ReplayPage(
    List<Replayed> messages,
    List<Delivery> refused,
    long until,
    boolean complete,
    List<ReplayQuery.Range> gone,
    List<ReplayQuery.Range> leftOut,
    Optional<LogState> log) {

  public ReplayPage {
    messages = List.copyOf(messages);
    refused = List.copyOf(refused);
    gone = List.copyOf(gone);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Tells whether more follows, and each message between a sequence id and the end of this is here,
   * so that taking it leaves nothing to be asked for again.
   */
  boolean isWholePartFrom(long first) {
    return !complete && refused.isEmpty() && messages.size() == until - first + 1;
  }

  /**
   * Returns up to where this tells what the log has. A server that does not know our extension
   * names no end: its whole answer is all that it has of what was asked.
   */
  long answeredUpTo(Span asked) {
    boolean isWhole = log.isEmpty() && complete;
    return isWhole ? asked.last() : Math.min(asked.last(), until);
  }
}
