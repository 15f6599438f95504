package org.peal.node.submit;

import java.time.Duration;

/**
 * What clients of a node may cost it. Immutable.
 *
 * @param clients the most connections at a time; more are closed at once
 * @param line the longest line of a draft in bytes
 * @param unanswered the most drafts of one client without an answer; more are not read
 * @param stall how long a client may leave its answers unread
 */
public record SubmitLimits(int clients, int line, int unanswered, Duration stall) {

  /** A draft becomes longer by its credentials; this is for what it has around its body. */
  private static final int AROUND = 16_384;

  /** Returns the limits of a node whose largest message has so many bytes. */
  public static SubmitLimits of(int largest) {
    return new SubmitLimits(64, largest + AROUND, 512, Duration.ofSeconds(10));
  }
}
