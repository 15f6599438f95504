package org.peal.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The durable subscribers as one transaction sees them. Used only within it. */
public sealed interface Subscribers permits SubscriberTable {

  /** Returns from when on a subscriber wants messages; empty if it never ran. */
  Optional<Instant> since(String name);

  /** Returns the longest retention that logs have announced to a subscriber; zero if none has. */
  Duration announced(String name);
}
