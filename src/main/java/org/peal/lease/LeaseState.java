package org.peal.lease;

import java.time.Instant;

/** How it stands with a lease, as a node sees it. Immutable. */
public sealed interface LeaseState {

  /** Returns it in a few words for people. */
  String text();

  /** Tells whether this node does what the lease is for. */
  default boolean isActing() {
    return false;
  }

  /** Nothing is known yet. */
  record Unknown() implements LeaseState {
    @Override
    public String text() {
      return "has not asked for the lease yet";
    }
  }

  /** This node has it, with a fencing number. */
  record Holding(long number) implements LeaseState {
    @Override
    public String text() {
      return "holds the lease (number " + number + ")";
    }

    @Override
    public boolean isActing() {
      return true;
    }
  }

  /** Another one has it. */
  record StandingBy(String holder, long number) implements LeaseState {
    @Override
    public String text() {
      return "stands by, %s holds the lease (number %d)".formatted(holder, number);
    }
  }

  /** The database cannot be used, or could not just now, and nothing is done. */
  record Away(Instant since, String why) implements LeaseState {
    @Override
    public String text() {
      return "stands by since %s: %s".formatted(since, why);
    }
  }

  /** The database cannot be used, and this node acts on its own. */
  record Alone(Instant since, String why) implements LeaseState {
    @Override
    public String text() {
      return "acts without the lease, PostgreSQL is away since %s: %s".formatted(since, why);
    }

    @Override
    public boolean isActing() {
      return true;
    }
  }

  /** What the lease is for went wrong here; it is left to others. */
  record Ended(String why) implements LeaseState {
    @Override
    public String text() {
      return "has given the lease up: " + why;
    }
  }
}
