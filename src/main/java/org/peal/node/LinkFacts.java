package org.peal.node;

import java.util.Map;
import java.util.Optional;
import org.peal.crypto.Reason;

/**
 * What a part of a node learnt from the messages of one publisher. Immutable.
 *
 * @param refused messages that are not valid, by the reason of their verdict
 * @param isNumbered whether the latest valid message carried a sequence id; empty before one came,
 *     or if the part does not verify
 */
public record LinkFacts(Map<Reason, Long> refused, Optional<Boolean> isNumbered) {

  static final LinkFacts NONE = new LinkFacts(Map.of(), Optional.empty());

  public LinkFacts {
    refused = Map.copyOf(refused);
  }
}
