package org.peal.store;

import java.time.Instant;
import java.util.Optional;

/** The durable subscribers as one transaction sees them. Used only within it. */
public sealed interface Subscribers permits SubscriberTable {

  /** Returns from when on a subscriber wants messages; empty if it never ran. */
  Optional<Instant> since(String name);
}
