package org.peal.node;

import java.util.List;
import java.util.function.Function;

/**
 * How a part is made, and from which settings: while those are equal, a reload leaves it alone.
 * Immutable.
 *
 * @param settings the sections that it reads
 * @param maker makes it; throws if keys or files that it needs are not good
 */
record PartPlan(PartName name, List<?> settings, Function<NodeServices, NodePart> maker) {

  /** Returns the plan of a part; whoever adds a part adds a row. */
  static PartPlan of(PartName name, PealConfig config) {
    return switch (name) {
      case PUBLISHER ->
          new PartPlan(
              name,
              List.of(config.publisher(), config.node().withoutParts(), config.crypto()),
              PublisherPart::new);
      case REPLAY -> new PartPlan(name, List.of(config.replay()), ReplayPart::new);
      case BRIDGE ->
          new PartPlan(
              name,
              List.of(
                  config.bridge(),
                  config.amqp(),
                  config.crypto(),
                  config.streams(),
                  config.dedup()),
              BridgePart::new);
      case RELAY ->
          new PartPlan(name, List.of(config.relay(), config.crypto()), ForwardingPart::relay);
      case SIGNING_RELAY ->
          new PartPlan(
              name, List.of(config.signingRelay(), config.crypto()), ForwardingPart::signingRelay);
      case GATEWAY ->
          new PartPlan(name, List.of(config.gateway(), config.crypto()), ForwardingPart::gateway);
      case AMQP_PUBLISHER ->
          new PartPlan(
              name, List.of(config.amqp(), config.node().withoutParts()), AmqpPublisherPart::new);
      case HANDLERS ->
          new PartPlan(
              name,
              List.of(
                  config.handlers(),
                  config.postgresql(),
                  config.lease(),
                  config.crypto(),
                  config.streams(),
                  config.dedup(),
                  config.amqp(),
                  config.node().parts().contains(PartName.AMQP_PUBLISHER),
                  config.node().parts().contains(PartName.PUBLISHER)),
              HandlersPart::new);
    };
  }

  /** Tells whether a running part of this plan does what another plan asks for. */
  boolean isSatisfiedBy(PartPlan running) {
    return name == running.name && settings.equals(running.settings);
  }
}
