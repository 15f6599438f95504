package org.peal.store;

import java.util.Optional;
import org.peal.message.MessageId;

/** The outcomes as one transaction sees them. Used only within it. */
public sealed interface Outcomes permits OutcomeTable {

  /** Tells whether a handler has an outcome for a message. */
  Acquaintance check(String handler, MessageId id, String contentHash, Optional<String> signer);

  /** Returns how many outcomes a handler has; reads them all. */
  long count(String handler);
}
