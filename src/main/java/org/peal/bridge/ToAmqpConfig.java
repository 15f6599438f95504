package org.peal.bridge;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import org.peal.config.Doc;

/** The section {@code bridge.to-amqp}. Immutable; a component left out is its default. */
public record ToAmqpConfig(
    @Doc("Where messages from ZeroMQ are published; must exist.") String exchange,
    @Doc(
            "What becomes of messages whose signature is not valid: `require` keeps them back,"
                + " `accept` lets them cross with the reason in `peal-verdict`, `off` does not"
                + " look.")
        SignaturePolicy signatures,
    @Doc(
            "Topics that cross: beginnings, or patterns with the segments `*` and `#`. None: all"
                + " topics.")
        List<String> include,
    @Doc("Topics of those that do not cross.") List<String> exclude,
    @Doc(
            "The bridge is the only one between its nets. `false`: of several only the one that"
                + " holds the queue `peal.bridge.leader` publishes, and each follows on"
                + " `peal.bridge.seen.ID` what has crossed.")
        Boolean alone,
    @Doc("Messages that may wait for the broker; then no more is taken from ZeroMQ.")
        Integer journal) {

  private static final String EXCHANGE = "zmq.topic";
  private static final int JOURNAL = 1_000_000;

  public ToAmqpConfig {
    exchange = requireNonNullElse(exchange, EXCHANGE);
    signatures = requireNonNullElse(signatures, SignaturePolicy.REQUIRE);
    include = include == null ? List.of() : List.copyOf(include);
    exclude = exclude == null ? List.of() : List.copyOf(exclude);
    alone = requireNonNullElse(alone, false);
    journal = requireNonNullElse(journal, JOURNAL);
    if (exchange.isEmpty()) {
      throw new IllegalArgumentException("exchange must not be empty");
    }
    if (journal < 1) {
      throw new IllegalArgumentException("journal must be at least 1: " + journal);
    }
  }

  static ToAmqpConfig defaults() {
    return new ToAmqpConfig(
        EXCHANGE, SignaturePolicy.REQUIRE, List.of(), List.of(), false, JOURNAL);
  }

  TopicChoice topics() {
    return new TopicChoice(include, exclude);
  }
}
