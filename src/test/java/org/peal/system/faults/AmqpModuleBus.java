package org.peal.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.peal.system.AmqpEnds;
import org.peal.system.ModuleSite;
import org.peal.testing.Broker;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/**
 * A broker of RabbitMQ: the handler's queue there keeps what is told, another what is announced.
 */
final class AmqpModuleBus implements ModuleBus {

  private static final String ANNOUNCED = "org.fedoraproject.dev.mts.build.tag.#";

  private final ModuleSite modules;
  private final int builds;
  private final AmqpEnds ends;
  private @Nullable PealProcess publisher;
  private int told;

  AmqpModuleBus(ModuleSite modules, Processes processes, int builds) {
    this.modules = modules;
    this.builds = builds;
    Broker broker = Broker.shared();
    String url = broker.url(broker.newVirtualHost());
    modules.configure(
        "amqp-publisher, handlers", modules.handler("tagging", "bus: amqp, queue: mbs,"));
    modules.showStatus();
    modules
        .site()
        .file("conf.d/amqp.yaml", "amqp: {amqp-url: '%s', reconnect-most: 1s}\n".formatted(url));
    ends = new AmqpEnds(modules.site(), processes, url, ANNOUNCED);
  }

  @Override
  public void allow(int upTo) {
    String lines =
        IntStream.range(told, upTo)
            .mapToObj(number -> AmqpEnds.line(ModuleSite.TOPIC, number, ModuleSite.body(number)))
            .collect(Collectors.joining());
    publisher().write(lines.getBytes(StandardCharsets.UTF_8));
    told = upTo;
  }

  /** What is published before the handler has made its queue goes nowhere. */
  private PealProcess publisher() {
    PealProcess running = publisher;
    if (running == null) {
      modules.awaitReady();
      running = ends.startPublisher();
      publisher = running;
    }
    return running;
  }

  @Override
  public void awaitTaken() {
    publisher().closeInput();
    publisher().assertExit(0);
  }

  /** Signatures are ZeroMQ's; here a stable id for each announcement is what can be verified. */
  @Override
  public void assertAnnounced() {
    Map<String, JsonNode> messages = ends.kept(2 * builds);
    assertThat(messages.values())
        .allSatisfy(
            message -> {
              assertThat(message.path("topic").asText()).endsWith("build.tag.requested");
              assertThat(message.at("/body/destination_tags")).isNotEmpty();
              assertThat(message.findValues("error")).isEmpty();
            })
        .extracting(message -> message.at("/body/nvr").asText())
        .containsExactlyInAnyOrderElementsOf(ModuleSite.allNvrs(builds));
  }

  /** The processes are the test's. */
  @Override
  public void close() {}
}
