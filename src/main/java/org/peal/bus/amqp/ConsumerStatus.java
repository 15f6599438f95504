package org.peal.bus.amqp;

import java.util.List;
import java.util.Optional;
import org.peal.ExitCode;

/**
 * How a consumer fares. Immutable.
 *
 * @param connected whether there is a connection
 * @param problem why not, if it is known
 * @param queues its queues
 * @param connects how often a connection was opened
 * @param wasReady whether it was ready at any time
 */
public record ConsumerStatus(
    boolean connected,
    Optional<AmqpProblem> problem,
    List<QueueStatus> queues,
    long connects,
    boolean wasReady) {

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

  /**
   * Returns why who would rather end than wait ends, as the original program does: at a queue that
   * was deleted, and at a login or a queue that is refused at the start. Everything else heals.
   */
  public Optional<ConsumeException> ending() {
    if (queues.stream().anyMatch(queue -> queue.cancelled() > 0)) {
      return Optional.of(
          new ConsumeException(
              ExitCode.CONSUMER_CANCELLED,
              "the broker has ended the consumer: its queue was deleted"));
    }
    return wasReady ? Optional.empty() : firstProblem().flatMap(ConsumerStatus::refusal);
  }

  private static Optional<ConsumeException> refusal(AmqpProblem problem) {
    Optional<ExitCode> code =
        switch (problem.kind()) {
          case REFUSED -> Optional.of(ExitCode.LOGIN_REFUSED);
          case TOPOLOGY -> Optional.of(ExitCode.QUEUE_REFUSED);
          case UNREADABLE -> Optional.of(ExitCode.QUEUE_UNREADABLE);
          case INTERNAL -> Optional.of(ExitCode.CONSUMER_FAILED);
          case UNREACHABLE, LOST, CHANNEL, CANCELLED -> Optional.empty();
        };
    return code.map(status -> new ConsumeException(status, problem.text()));
  }
}
