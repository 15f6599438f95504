package org.peal.cli;

import java.util.List;
import java.util.Map;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.Binding;
import org.peal.bus.amqp.BindingsConfig;
import org.peal.bus.amqp.QueueTerms;
import org.peal.bus.amqp.QueuesConfig;

/**
 * From where the options of {@code peal amqp} let messages be taken: the configured queues, or the
 * one of the option, with the bindings that options change. Stateless.
 */
final class QueueChoice {

  private QueueChoice() {}

  /** Returns the configuration as the options change it. */
  static AmqpConfig of(AmqpCommand command, AmqpConfig config) {
    String only = command.queueName;
    List<Binding> bindings =
        config.bindings().bindings().stream().map(b -> changed(command, b)).toList();
    if (only == null) {
      return config.with(config.queues(), new BindingsConfig(bindings));
    }
    QueueTerms terms = config.queues().queues().getOrDefault(only, QueueTerms.TEMPORARY);
    return config.with(new QueuesConfig(Map.of(only, terms)), new BindingsConfig(bindings));
  }

  private static Binding changed(AmqpCommand command, Binding binding) {
    return new Binding(
        command.queueName == null ? binding.queue() : command.queueName,
        command.exchange == null ? binding.exchange() : command.exchange,
        command.routingKeys.isEmpty() ? binding.routingKeys() : command.routingKeys);
  }
}
