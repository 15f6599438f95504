package org.peal.bus.amqp;

import java.util.Optional;

/**
 * How a publisher fares. Immutable.
 *
 * @param connected whether there is a connection with an open channel
 * @param problem why not, if it is known
 * @param blocked why the broker takes nothing at the moment, if it has said so
 * @param underWay messages that were accepted and are not yet confirmed
 * @param published messages that the broker confirmed, also those that no queue took
 * @param unroutable those of them that no queue took
 * @param failed messages that were not published
 * @param repeated messages that were sent again after a lost connection, so may be there twice
 * @param connects how often a connection was opened
 */
public record PublisherStatus(
    boolean connected,
    Optional<AmqpProblem> problem,
    Optional<String> blocked,
    int underWay,
    long published,
    long unroutable,
    long failed,
    long repeated,
    long connects) {

  /** Tells whether the broker lets nobody in with this login, so that no message is to blame. */
  public boolean isLoginRefused() {
    return problem.filter(why -> why.kind() == AmqpProblem.Kind.REFUSED).isPresent();
  }
}
