package org.peal.stream;

/** What a message means to those that follow its stream. */
sealed interface Step {

  /** All kinds of steps, for {@code switch}. */
  enum Kind {
    FIRST,
    NEXT,
    RESTARTED,
    DUPLICATE,
    LATE,
    GAP,
    ROLLED_BACK
  }

  /** Returns which of the records this is. */
  Kind kind();

  /** The first message of a stream that nothing was known of; the cursor is now here. */
  record First() implements Step {
    @Override
    public Kind kind() {
      return Kind.FIRST;
    }
  }

  /** The message that was due; the cursor is now here. */
  record Next() implements Step {
    @Override
    public Kind kind() {
      return Kind.NEXT;
    }
  }

  /** The message that was due, from a new process of the publisher; the cursor is now here. */
  record Restarted() implements Step {
    @Override
    public Kind kind() {
      return Kind.RESTARTED;
    }
  }

  /** A message that was here before. */
  record Duplicate() implements Step {
    @Override
    public Kind kind() {
      return Kind.DUPLICATE;
    }
  }

  /**
   * A message out of its order, from before the cursor: given up earlier, or too old to remember
   * whether it was here. Whoever remembers message ids can tell.
   */
  record Late() implements Step {
    @Override
    public Kind kind() {
      return Kind.LATE;
    }
  }

  /** Something is missing before the message; nothing was changed, it is to be offered again. */
  record Gap(Span missing) implements Step {
    @Override
    public Kind kind() {
      return Kind.GAP;
    }
  }

  /**
   * The publisher's log went back to an earlier state. What was known of the stream is forgotten
   * and a new cursor set; the message is to be offered again.
   *
   * @param cursor the last sequence id that was seen before
   */
  record RolledBack(long cursor) implements Step {
    @Override
    public Kind kind() {
      return Kind.ROLLED_BACK;
    }
  }
}
