package org.peal;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression that is given up on after a deadline, so that neither a careless expression
 * nor a hostile subject can hold the reader up. Immutable and thread-safe.
 */
public final class BoundedRegex {

  private static final Duration DEADLINE = Duration.ofMillis(50);

  /** A look at the clock for so many characters, less one. */
  private static final int OFTEN = 0x3ff;

  private final Pattern pattern;
  private final Duration deadline;

  /** How a search ended. */
  public sealed interface Search {}

  /** The expression is found; the result outlives the subject. */
  public record Found(MatchResult match) implements Search {}

  /** The expression is nowhere in the subject. */
  public record Absent() implements Search {}

  /** It took too long, or more stack than there is, to tell. */
  public record GivenUp() implements Search {}

  /** Makes an expression that is given up on after 50 ms. */
  public BoundedRegex(Pattern pattern) {
    this(pattern, DEADLINE);
  }

  /** Makes an expression with a deadline for each search. */
  public BoundedRegex(Pattern pattern, Duration deadline) {
    this.pattern = pattern;
    this.deadline = deadline;
  }

  /** Tells whether the expression is found in the subject; empty when it took too long. */
  public Optional<Boolean> find(CharSequence subject) {
    Search search = search(subject);
    return search instanceof GivenUp ? Optional.empty() : Optional.of(search instanceof Found);
  }

  /** Looks for the first place in the subject where the expression is found. */
  public Search search(CharSequence subject) {
    try {
      Matcher matcher = pattern.matcher(new Timed(subject, deadline.toNanos()));
      return matcher.find() ? new Found(matcher.toMatchResult()) : new Absent();
    } catch (DeadlineException | StackOverflowError e) {
      return new GivenUp();
    }
  }

  private static final class DeadlineException extends RuntimeException {
    DeadlineException() {
      super("deadline", null, false, false);
    }
  }

  /**
   * A view of the subject that looks at the clock now and then while the engine reads it; most
   * searches end before the first look, which is when the time begins to count.
   */
  private static final class Timed implements CharSequence {
    private final CharSequence subject;
    private final long nanos;
    private long start;
    private int reads;

    Timed(CharSequence subject, long nanos) {
      this.subject = subject;
      this.nanos = nanos;
    }

    @Override
    public char charAt(int index) {
      if ((++reads & OFTEN) == 0) {
        look();
      }
      return subject.charAt(index);
    }

    private void look() {
      long now = System.nanoTime();
      if (reads == OFTEN + 1) {
        start = now;
      } else if (now - start > nanos) {
        throw new DeadlineException();
      }
    }

    @Override
    public int length() {
      return subject.length();
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return new Timed(subject.subSequence(from, to), nanos);
    }

    @Override
    public String toString() {
      return subject.toString();
    }
  }
}
