package org.peal.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.peal.ExitCode;

/**
 * A regular expression that is given up on after a deadline, so that neither a careless expression
 * nor a hostile subject can hold the reader up. Immutable and thread-safe.
 */
final class BoundedRegex {

  private static final Duration DEADLINE = Duration.ofMillis(50);

  private final Pattern pattern;

  private BoundedRegex(Pattern pattern) {
    this.pattern = pattern;
  }

  /** Compiles what the user wrote after {@code option}. */
  static BoundedRegex compile(String option, String expression) {
    try {
      return new BoundedRegex(Pattern.compile(expression));
    } catch (PatternSyntaxException e) {
      throw new CommandException(
          ExitCode.USAGE,
          option + " is not a regular expression: \"" + expression + "\": " + e.getDescription());
    }
  }

  /** Tells whether the expression is found in the subject; empty when it took too long. */
  Optional<Boolean> find(CharSequence subject) {
    try {
      return Optional.of(pattern.matcher(new Timed(subject, System.nanoTime())).find());
    } catch (DeadlineException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  private static final class DeadlineException extends RuntimeException {
    DeadlineException() {
      super("deadline", null, false, false);
    }
  }

  /** A view of the subject that looks at the clock now and then while the engine reads it. */
  private static final class Timed implements CharSequence {
    private final CharSequence subject;
    private final long start;
    private int reads;

    Timed(CharSequence subject, long start) {
      this.subject = subject;
      this.start = start;
    }

    @Override
    public char charAt(int index) {
      if ((++reads & 0x3ff) == 0 && System.nanoTime() - start > DEADLINE.toNanos()) {
        throw new DeadlineException();
      }
      return subject.charAt(index);
    }

    @Override
    public int length() {
      return subject.length();
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return new Timed(subject.subSequence(from, to), start);
    }

    @Override
    public String toString() {
      return subject.toString();
    }
  }
}
