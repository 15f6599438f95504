package org.peal.bus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.peal.crypto.Verdict;

/**
 * A received message after it was looked at. Immutable; the tree is read-only by convention.
 *
 * @param raw what came off the wire
 * @param tree the payload as JSON of any type, or empty when it is not JSON
 * @param verdict whether to trust it, or empty when nobody checks
 */
public record Delivery(RawMessage raw, Optional<JsonNode> tree, Optional<Verdict> verdict) {

  /** Tells whether the message was checked and refused. */
  public boolean isInvalid() {
    return verdict.filter(Verdict.Invalid.class::isInstance).isPresent();
  }
}
