package org.peal.doctor;

import java.util.Optional;
import org.peal.bus.Bus;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.QueueRequest;
import org.peal.config.ConfigException;
import org.peal.handler.HandlerConfig;
import org.peal.handler.amqp.HandlerQueues;
import org.peal.node.HandlerSections;
import org.peal.node.PealConfig;

/** Do the queues of handlers keep their order, and what is published while nobody consumes? */
final class HandlerQueuesCheck implements Check {

  @Override
  public String what() {
    return "queues of handlers";
  }

  @Override
  public void look(Patient patient, Findings findings) {
    PealConfig config = patient.config();
    try {
      HandlerSections.requireOwnQueues(config);
    } catch (ConfigException e) {
      findings.fail(String.valueOf(e.getMessage()), "set handlers.NAME.queue");
    }
    config
        .handlers()
        .forEach(
            (name, handler) -> {
              if (handler.bus().contains(Bus.AMQP)) {
                look(name, handler, config.amqp(), findings);
              }
            });
  }

  private static void look(
      String name, HandlerConfig handler, AmqpConfig config, Findings findings) {
    Optional<String> own = Optional.ofNullable(handler.queue());
    for (QueueRequest queue : HandlerQueues.of(config, own, handler.topics())) {
      look(name, queue, findings);
    }
  }

  private static void look(String name, QueueRequest queue, Findings findings) {
    String which = "handler " + name + ", queue " + queue.shownName();
    if (queue.name().isEmpty()) {
      findings.warn(
          which + ": what is published while the handler is away is lost",
          "set handlers." + name + ".queue");
    } else if (queue.terms().isEmpty()) {
      findings.warn(
          which
              + ": whether it keeps its order with several consumers, its declaration elsewhere"
              + " decides",
          "have it declared with x-single-active-consumer, or let one node consume");
    } else if (!queue.terms().get().isKeepingOrder()) {
      findings.warn(
          which + ": nodes that share it give up its order",
          "add x-single-active-consumer: true to amqp.queues."
              + queue.name()
              + ".arguments,"
              + " unless order does not matter");
    } else {
      findings.ok(which + " keeps its order: one consumer is active");
    }
  }
}
