package org.peal.bus.amqp;

import java.util.Map;
import org.peal.config.TestBinding;

/** Makes configurations for tests. */
final class AmqpTestConfigs {

  /** As much of a configuration as has the section. */
  record Root(AmqpConfig amqp) {}

  private AmqpTestConfigs() {}

  /** Returns the section with some keys set, each to a value as YAML. */
  static AmqpConfig of(Map<String, String> settings) {
    StringBuilder yaml = new StringBuilder("amqp:\n");
    settings.forEach(
        (key, value) -> yaml.append("  ").append(key).append(": ").append(value).append("\n"));
    return TestBinding.bind(Root.class, yaml.toString()).amqp();
  }
}
