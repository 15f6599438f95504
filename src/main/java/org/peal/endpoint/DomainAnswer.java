package org.peal.endpoint;

import java.util.List;

/**
 * What the DNS says of the publishers of one domain. Immutable.
 *
 * @param question the name that was asked for, such as {@code _fedmsg._tcp.example.org}
 * @param targets the publishers, best first
 * @param problem why there are none, or not all; empty when all is well
 */
public record DomainAnswer(String domain, String question, List<Endpoint> targets, String problem) {

  public DomainAnswer {
    targets = List.copyOf(targets);
  }
}
