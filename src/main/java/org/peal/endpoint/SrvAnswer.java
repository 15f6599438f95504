package org.peal.endpoint;

import java.time.Duration;
import java.util.List;

/**
 * Which addresses a service of a domain has. Immutable.
 *
 * @param targets by priority, then weight (the heavier first), then name; none more than once
 * @param isDenied whether the DNS says that there is no such service; a service that is switched
 *     off by the target {@code .} exists
 * @param refused what is wrong with records that were left out; empty if none was
 * @param ttl how long the answer holds, by the word of the server
 */
record SrvAnswer(List<Endpoint> targets, boolean isDenied, String refused, Duration ttl) {

  SrvAnswer {
    targets = List.copyOf(targets);
  }
}
