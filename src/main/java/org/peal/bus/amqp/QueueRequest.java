package org.peal.bus.amqp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A queue to consume from. Immutable.
 *
 * @param name its name; empty for one that the broker names anew for each connection
 * @param terms how it is declared; empty if it must exist
 * @param bindings which messages go to it; those of its own name only
 */
public record QueueRequest(String name, Optional<QueueTerms> terms, List<Binding> bindings) {

  public QueueRequest {
    bindings = List.copyOf(bindings);
    if (name.isEmpty() && terms.isEmpty()) {
      throw new IllegalArgumentException("a queue that must exist needs a name");
    }
  }

  /** Returns the queues of a configuration, each with its bindings. */
  public static List<QueueRequest> of(AmqpConfig config) {
    Map<String, List<Binding>> bindings = new LinkedHashMap<>();
    for (Binding binding : config.bindings().bindings()) {
      bindings.computeIfAbsent(binding.queue(), name -> new ArrayList<>()).add(binding);
    }
    List<QueueRequest> requests = new ArrayList<>();
    config
        .queues()
        .queues()
        .forEach(
            (name, terms) -> {
              boolean isPassive = config.passiveDeclares() && !name.isEmpty();
              requests.add(
                  new QueueRequest(
                      name,
                      isPassive ? Optional.empty() : Optional.of(terms),
                      bindings.getOrDefault(name, List.of())));
            });
    return List.copyOf(requests);
  }

  /** Returns the name, or what stands for one, for people. */
  public String shownName() {
    return name.isEmpty() ? "named by the broker" : "\"" + name + "\"";
  }
}
