package org.peal.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.peal.bridge.Direction;
import org.peal.bus.Bus;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.BrokerProbe;
import org.peal.bus.amqp.ConsumeException;
import org.peal.bus.amqp.QueueRequest;
import org.peal.handler.HandlerConfig;
import org.peal.handler.amqp.HandlerQueues;
import org.peal.node.PartName;
import org.peal.node.PealConfig;

/**
 * Does the broker answer, are exchanges and queues there, and who else consumes from the queues of
 * handlers?
 */
final class BrokerCheck implements Check {

  @Override
  public String what() {
    return "broker";
  }

  @Override
  public void look(Patient patient, Findings findings) throws InterruptedException {
    PealConfig config = patient.config();
    if (!config.isOnAmqp()
        && config.handlers().values().stream().noneMatch(HandlerConfig::isOnAmqp)) {
      return;
    }
    AmqpConfig amqp = config.amqp();
    try (BrokerProbe probe = BrokerProbe.open(amqp)) {
      findings.ok(amqp.amqpUrl() + " answers");
      for (String exchange : exchanges(config)) {
        look(exchange, probe, findings);
      }
      boolean isRunning =
          patient.node().ask(config).filter(status -> runsHandlers(status, patient)).isPresent();
      for (Map.Entry<String, HandlerConfig> handler : config.handlers().entrySet()) {
        if (handler.getValue().bus().contains(Bus.AMQP)) {
          look(handler.getKey(), handler.getValue(), amqp, isRunning, probe, findings);
        }
      }
    } catch (ConsumeException e) {
      findings.fail(
          String.valueOf(e.getMessage()),
          "compare amqp.amqp-url and amqp.tls with the broker, and see whether it runs");
    }
  }

  private static Set<String> exchanges(PealConfig config) {
    Set<String> exchanges = new LinkedHashSet<>();
    exchanges.add(config.amqp().publishExchange());
    config.amqp().bindings().bindings().forEach(binding -> exchanges.add(binding.exchange()));
    if (config.node().parts().contains(PartName.BRIDGE)
        && config.bridge().directions().contains(Direction.TO_AMQP)) {
      exchanges.add(config.bridge().toAmqp().exchange());
    }
    return exchanges;
  }

  private static void look(String exchange, BrokerProbe probe, Findings findings) {
    if (!probe.hasExchange(exchange)) {
      findings.fail(
          "there is no exchange \"" + exchange + "\"",
          "let the broker's operator make it, a durable topic exchange (bridge/definitions.json)");
    }
  }

  private static boolean runsHandlers(JsonNode status, Patient patient) {
    String own = patient.config().node().nameOn(patient.machine().host());
    return status.path("name").asText().equals(own)
        && status.path("parts").has(PartName.HANDLERS.toString());
  }

  private static void look(
      String name,
      HandlerConfig handler,
      AmqpConfig config,
      boolean isRunning,
      BrokerProbe probe,
      Findings findings) {
    Optional<String> own = Optional.ofNullable(handler.queue());
    for (QueueRequest queue : HandlerQueues.of(config, own, handler.topics())) {
      if (!queue.name().isEmpty()) {
        look("handler " + name + ", queue " + queue.shownName(), queue, isRunning, probe, findings);
      }
    }
  }

  /** A consumer's tag begins with its handler's name, but only the broker's operator sees it. */
  private static void look(
      String which, QueueRequest queue, boolean isRunning, BrokerProbe probe, Findings findings) {
    OptionalInt consumers = probe.consumers(queue.name());
    if (consumers.isEmpty() && queue.terms().isEmpty()) {
      findings.fail(
          which + " is not there",
          "let the broker's operator make it, or set amqp.passive-declares: false");
    } else if (consumers.isEmpty()) {
      findings.ok(which + " is not there yet, and will be made");
    } else if (consumers.getAsInt() > (isRunning ? 1 : 0)) {
      findings.warn(
          which
              + ": consumers beside this node: "
              + (consumers.getAsInt() - (isRunning ? 1 : 0))
              + "; one that runs another handler takes messages away from this one",
          "rabbitmqctl list_consumers names them; each must be this handler on another node");
    } else {
      findings.ok(which + " has no consumer but this node");
    }
  }
}
