package org.peal.node;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.peal.bus.Bus;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.handler.HandlerConfig;
import org.peal.handler.HandlerTypes;

/** What the sections {@code handlers.NAME} of a configuration mean together. Stateless. */
public final class HandlerSections {

  private HandlerSections() {}

  /**
   * Checks one section as a node does that starts.
   *
   * @throws ConfigException if the handler could not run
   */
  public static void check(PealConfig config, String name, InstantSource clock) {
    make(config, name, clock).handler().close();
  }

  /**
   * Makes the handler of a section, if only to see that it can be made.
   *
   * @throws ConfigException if the section is no good
   */
  static HandlerTypes.Made make(PealConfig config, String name, InstantSource clock) {
    HandlerConfig handler = Optional.ofNullable(config.handlers().get(name)).orElseThrow();
    if (handler.lease() && !config.postgresql().isSet()) {
      throw problem(
          "handlers." + name + ".lease", "needs a database that nodes share: set postgresql.url");
    }
    Duration window = config.dedup().windowFor(Duration.ZERO);
    return HandlerTypes.make(name, handler, window, clock);
  }

  /**
   * Checks that no two handlers consume from one queue.
   *
   * @throws ConfigException if two do
   */
  public static void requireOwnQueues(PealConfig config) {
    Map<String, String> owners = new HashMap<>();
    config
        .handlers()
        .forEach(
            (name, handler) -> {
              for (String queue : queues(config, handler)) {
                String other = owners.putIfAbsent(queue, name);
                if (other != null) {
                  throw problem(
                      "handlers." + name + ".queue",
                      "the handler %s consumes from \"%s\" too, and each would get a part of the"
                              .formatted(other, queue)
                          + " messages: give each a queue of its own");
                }
              }
            });
  }

  /** A queue that the broker names is another one for each consumer. */
  private static Set<String> queues(PealConfig config, HandlerConfig handler) {
    if (!handler.bus().contains(Bus.AMQP)) {
      return Set.of();
    }
    String own = handler.queue();
    Set<String> names = own == null ? config.amqp().queues().queues().keySet() : Set.of(own);
    return names.stream().filter(queue -> !queue.isEmpty()).collect(Collectors.toSet());
  }

  private static ConfigException problem(String key, String text) {
    return new ConfigException(Place.named("configuration", Path.of("")), key, text);
  }
}
