package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peal.bus.Bus;
import org.peal.testing.Broker;
import org.peal.testing.FreePorts;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/**
 * Module builds on either bus, by a node that is killed: message in, calls of Koji, announcement
 * out.
 */
class TaggingBusesIT {

  private static final int BUILDS = 8;
  private static final String STORE = "store.db";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private final int pages = FreePorts.run(1);
  private ModuleSite modules;

  @BeforeEach
  void open() {
    modules = new ModuleSite(folder, processes);
  }

  @AfterEach
  void close() {
    modules.close();
  }

  /** A bus from outside. */
  private interface Ends {
    void publish(int first, int count);

    void assertAnnounced();
  }

  private Ends onZmq() {
    configure("publisher, replay, handlers", "", "");
    return new Ends() {
      @Override
      public void publish(int first, int count) {
        modules.publish(first, count);
      }

      @Override
      public void assertAnnounced() {
        modules.assertAnnounced(BUILDS);
      }
    };
  }

  private Ends onAmqp() {
    Broker broker = Broker.shared();
    String url = broker.url(broker.newVirtualHost());
    configure(
        "amqp-publisher, handlers",
        "bus: amqp, queue: mbs,",
        "amqp: {amqp-url: '%s', reconnect-most: 1s}\n".formatted(url));
    AmqpEnds ends =
        new AmqpEnds(modules.site(), processes, url, "org.fedoraproject.dev.mts.build.tag.#");
    return new Ends() {
      @Override
      public void publish(int first, int count) {
        modules.build(first, count);
        ends.publish(ModuleSite.TOPIC, first, count, ModuleSite::body);
      }

      @Override
      public void assertAnnounced() {
        TaggingBusesIT.assertAnnounced(ends.kept(2 * BUILDS));
      }
    };
  }

  private void configure(String parts, String more, String amqp) {
    modules.configure(parts, modules.handler("tagging", more));
    modules
        .site()
        .file("conf.d/more.yaml", "status: {address: '127.0.0.1:%d'}\n".formatted(pages) + amqp);
  }

  /** Signatures are ZeroMQ's; here a stable id for each announcement is what can be verified. */
  private static void assertAnnounced(Map<String, JsonNode> messages) {
    List<String> expected =
        IntStream.range(0, BUILDS).boxed().flatMap(n -> ModuleSite.nvrs(n).stream()).toList();
    assertThat(messages.values())
        .allSatisfy(
            message -> {
              assertThat(message.path("topic").asText()).endsWith("build.tag.requested");
              assertThat(message.path("body").has("error")).isFalse();
            })
        .extracting(message -> message.at("/body/nvr").asText())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private PealProcess node() {
    PealProcess node = modules.startNode();
    node.awaitErr("status: listening");
    StatusIT.awaitReady(pages, "200 ");
    return node;
  }

  @ParameterizedTest
  @EnumSource(Bus.class)
  void shouldTagAndAnnounceEachBuildOnceThoughItIsKilled(Bus bus) {
    Ends ends = bus == Bus.AMQP ? onAmqp() : onZmq();
    PealProcess first = node();
    ends.publish(0, BUILDS / 2);
    await().until(() -> modules.hub().seen("tagBuild").size() >= BUILDS / 2);
    first.kill();
    PealProcess second = node();
    ends.publish(BUILDS / 2, BUILDS / 2);
    await().until(() -> modules.isDone(STORE, BUILDS));
    second.terminate();
    second.assertExit(0);
    modules.assertTagged(BUILDS, 1);
    ends.assertAnnounced();
  }
}
