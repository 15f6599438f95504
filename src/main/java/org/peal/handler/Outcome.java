package org.peal.handler;

import java.time.Duration;

/** What a handler made of a message. Immutable. */
public sealed interface Outcome {

  /** All kinds of outcomes, for {@code switch}. */
  enum Kind {
    DONE,
    IGNORED,
    RETRY,
    WAIT,
    DROP,
    HALT
  }

  /** Returns which of the records this is. */
  Kind kind();

  /** Returns the reason for people; empty for what needs none. */
  String why();

  /** Tells whether the message is to be handed over again, so that nothing is settled yet. */
  default boolean isPutOff() {
    return kind() == Kind.RETRY || kind() == Kind.WAIT;
  }

  /** The handler did what the message asks for. */
  record Done() implements Outcome {
    @Override
    public Kind kind() {
      return Kind.DONE;
    }

    @Override
    public String why() {
      return "";
    }
  }

  /** There was nothing to do. */
  record Ignored(String why) implements Outcome {
    public Ignored {
      requireReason(why);
    }

    @Override
    public Kind kind() {
      return Kind.IGNORED;
    }
  }

  /**
   * It cannot be done now. The message is kept and handed over again; other messages go on. After
   * too many attempts, or too long, it becomes a dead letter.
   *
   * @param after wait at least so long; the dispatcher's own back-off may wait longer
   */
  record Retry(Duration after, String why) implements Outcome {
    public Retry {
      requireReason(why);
      if (after.isNegative()) {
        throw new IllegalArgumentException("retry must be after 0s or more: " + after);
      }
    }

    @Override
    public Kind kind() {
      return Kind.RETRY;
    }
  }

  /**
   * Something that the work cannot do without is away, whatever the message says. The message is
   * kept and handed over again for as long as that takes: this attempt does not count, and the age
   * of the message counts from now. Other messages go on.
   *
   * @param after wait about so long; the dispatcher keeps it between its shortest and its longest
   *     pause
   */
  record Wait(Duration after, String why) implements Outcome {
    public Wait {
      requireReason(why);
      if (after.isNegative()) {
        throw new IllegalArgumentException("wait must be for 0s or more: " + after);
      }
    }

    @Override
    public Kind kind() {
      return Kind.WAIT;
    }
  }

  /** It can never be done: the message becomes a dead letter. */
  record Drop(String why) implements Outcome {
    public Drop {
      requireReason(why);
    }

    @Override
    public Kind kind() {
      return Kind.DROP;
    }
  }

  /**
   * Something is so wrong that the program has to end.
   *
   * @param exitCode the exit status, 0 to 255
   * @param requeue whether the message is handed over again at the next start
   */
  record Halt(int exitCode, String why, boolean requeue) implements Outcome {
    public Halt {
      requireReason(why);
      if (exitCode < 0 || exitCode > 255) {
        throw new IllegalArgumentException("exit code must be from 0 to 255: " + exitCode);
      }
    }

    @Override
    public Kind kind() {
      return Kind.HALT;
    }
  }

  private static void requireReason(String why) {
    if (why.isEmpty()) {
      throw new IllegalArgumentException("an outcome of this kind must say why");
    }
  }
}
