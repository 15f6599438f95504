package org.peal.node.replay;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How a {@link ReplayClient} asks. Immutable.
 *
 * @param maxUnderWay questions at one time, at least 1
 * @param answerLimit how long one attempt may take
 * @param connectLimit how long one attempt may take to connect
 * @param rounds how often all addresses of a name are tried, at least 1
 * @param firstPause the pause after the first round; it doubles up to {@code mostPause}, and varies
 *     by up to a half
 * @param pageMessages messages of one page; empty for what the server likes
 * @param unsignedSequenceIds whether to accept messages whose {@code seq_id} was added after
 *     signing
 */
public record ReplayClientOptions(
    int maxUnderWay,
    Duration answerLimit,
    Duration connectLimit,
    int rounds,
    Duration firstPause,
    Duration mostPause,
    OptionalInt pageMessages,
    boolean unsignedSequenceIds) {

  /** Up to three pages are in memory, as trees, and each collection of garbage copies them. */
  private static final int PAGE = 256;

  /**
   * 64 questions, 30 s for an answer, 5 s to connect, three rounds with pauses of 200 ms to 5 s,
   * pages of 256 messages.
   */
  public static final ReplayClientOptions DEFAULT =
      new ReplayClientOptions(
          64,
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          3,
          Duration.ofMillis(200),
          Duration.ofSeconds(5),
          OptionalInt.of(PAGE),
          false);

  public ReplayClientOptions {
    if (maxUnderWay < 1 || rounds < 1 || answerLimit.isNegative() || connectLimit.isNegative()) {
      throw new IllegalArgumentException(
          "limits must be positive: %d, %d, %s, %s"
              .formatted(maxUnderWay, rounds, answerLimit, connectLimit));
    }
  }

  /** Returns the same with other limits of time and number. */
  public ReplayClientOptions within(Duration answer, Duration connect, int tries) {
    return new ReplayClientOptions(
        maxUnderWay,
        answer,
        connect,
        tries,
        firstPause,
        mostPause,
        pageMessages,
        unsignedSequenceIds);
  }

  /** Returns the same with another decision about sequence ids that are not signed. */
  public ReplayClientOptions withUnsignedSequenceIds(boolean accepted) {
    return new ReplayClientOptions(
        maxUnderWay,
        answerLimit,
        connectLimit,
        rounds,
        firstPause,
        mostPause,
        pageMessages,
        accepted);
  }

  /** Returns the same with another size of pages. */
  public ReplayClientOptions withPages(int messages) {
    return new ReplayClientOptions(
        maxUnderWay,
        answerLimit,
        connectLimit,
        rounds,
        firstPause,
        mostPause,
        OptionalInt.of(messages),
        unsignedSequenceIds);
  }

  /** Returns the pause after a number of rounds, for a random number from 0 to 1. */
  Duration pause(int round, double random) {
    long most = mostPause.toMillis();
    long pause = Math.min(most, firstPause.toMillis() << Math.min(round - 1, 20));
    return Duration.ofMillis((long) (pause * (0.5 + random / 2)));
  }
}
