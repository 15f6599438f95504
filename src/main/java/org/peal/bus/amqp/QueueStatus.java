package org.peal.bus.amqp;

import java.time.Instant;
import java.util.Optional;

/**
 * How the consumer of one queue fares. Immutable.
 *
 * @param queue the queue's name; empty when the broker is yet to give one
 * @param consuming whether the broker knows the consumer, on an open channel
 * @param problem why not, if it is known
 * @param received messages that came, invalid ones among them
 * @param invalid those that break the rules
 * @param acked those that were taken out of the queue
 * @param requeued those that were given back
 * @param rejected those that were refused, invalid ones among them
 * @param cancelled how often the broker ended the consumer, or was found to know none
 * @param open those that are not settled
 * @param lastMessage when the last one came
 */
public record QueueStatus(
    String queue,
    boolean consuming,
    Optional<AmqpProblem> problem,
    long received,
    long invalid,
    long acked,
    long requeued,
    long rejected,
    long cancelled,
    int open,
    Optional<Instant> lastMessage) {}
