package org.peal.bus.amqp;

import java.util.List;
import java.util.Optional;

/**
 * How a consumer fares. Immutable.
 *
 * @param connected whether there is a connection
 * @param problem why not, if it is known
 * @param queues its queues
 * @param connects how often a connection was opened
 */
public record ConsumerStatus(
    boolean connected, Optional<AmqpProblem> problem, List<QueueStatus> queues, long connects) {

  public ConsumerStatus {
    queues = List.copyOf(queues);
  }

  /** Tells whether messages of all queues would come: there is a connection, and none is deaf. */
  public boolean isReady() {
    return connected && queues.stream().allMatch(QueueStatus::consuming);
  }

  /** Returns what is wrong first: the connection, or a queue. */
  public Optional<AmqpProblem> firstProblem() {
    return problem.or(() -> queues.stream().flatMap(queue -> queue.problem().stream()).findFirst());
  }
}
