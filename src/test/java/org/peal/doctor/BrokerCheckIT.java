package org.peal.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.amqp.AmqpConsumer;
import org.peal.bus.amqp.QueueRequest;
import org.peal.handler.amqp.HandlerQueues;
import org.peal.message.TopicPattern;
import org.peal.node.PealConfig;
import org.peal.schema.Schemas;
import org.peal.testing.Broker;

/** What the doctor says of a real broker. */
class BrokerCheckIT {

  @TempDir Path folder;

  @Test
  void broker_whatIsThereAndWhoConsumes_isTold() throws Exception {
    Broker broker = Broker.shared();
    try (SickSite site = new SickSite(folder)) {
      site.set("node.name", "test.here");
      site.set("amqp.amqp-url", "'" + broker.url(broker.newVirtualHost()) + "'");
      site.set("handlers.tagger", "{type: log, bus: amqp, queue: q}");
      assertThat(broker(site)).containsExactly("OK answers", "OK will be made");
      PealConfig config = site.patient().config();
      QueueRequest queue =
          HandlerQueues.of(config.amqp(), Optional.of("q"), List.of(TopicPattern.parse("#")))
              .get(0);
      try (AmqpConsumer other =
          AmqpConsumer.start(
              "other", config.amqp(), List.of(queue), Schemas.builtIn(), delivery -> {})) {
        await().until(() -> other.status().isReady());
        assertThat(broker(site)).contains("WARN takes messages away from this one");
        site.answer("{\"name\":\"test.here\",\"parts\":{\"handlers\":{}}}");
        assertThat(broker(site)).contains("OK but this node");
      }
      site.set("amqp.publish-exchange", "nowhere");
      site.set("amqp.passive-declares", "true");
      site.set("handlers.tagger", "{type: log, bus: amqp, queue: missing}");
      assertThat(broker(site))
          .contains("FAIL there is no exchange \"nowhere\"", "FAIL is not there");
    }
  }

  /** Returns what is said of the broker: level and the last words, or all if it names a thing. */
  private static List<String> broker(SickSite site) throws InterruptedException {
    return site.examine().stream()
        .filter(finding -> finding.what().equals("broker"))
        .map(
            finding ->
                finding.level().name()
                    + " "
                    + finding
                        .detail()
                        .replaceFirst("^.*(answers|will be made|but this node|is not there)$", "$1")
                        .replaceFirst("^.*(takes messages away from this one)$", "$1"))
        .toList();
  }
}
