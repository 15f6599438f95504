package org.peal.bus.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.schema.Schemas;
import org.peal.testing.Broker;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;

/** Every recorded message through a real broker, with Python's pika on the other side. */
class AmqpVectorsIT {

  @RegisterExtension final Processes processes = new Processes();

  private final Broker broker = Broker.shared();
  private final String virtualHost = broker.newVirtualHost();
  private final AmqpConfig config = AmqpTestConfigs.of(Map.of("amqp-url", broker.url(virtualHost)));

  @AfterEach
  void dropVirtualHost() {
    broker.control("delete_vhost", virtualHost);
  }

  @Test
  void shouldPublishEveryRecordedMessageAsPythonSeesItFromPython() throws Exception {
    List<JsonNode> rows = AmqpVectors.rows("publish.jsonl");
    PythonPeer python =
        processes.add(
            PythonPeer.onAmqp(
                "consume", broker.url(virtualHost), "--count", String.valueOf(rows.size())));
    python.awaitErr("ready");

    try (AmqpPublisher publisher = AmqpPublisher.start(config, Schemas.builtIn())) {
      for (JsonNode row : rows) {
        publisher.publish(AmqpVectors.message(row)).toCompletableFuture().get(60, TimeUnit.SECONDS);
      }
    }

    python.assertExit(0);
    List<String> lines = python.out();
    assertThat(lines).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      JsonNode row = rows.get(i);
      JsonNode seen = json(lines.get(i));
      String name = row.path("name").textValue();
      assertThat(seen.path("routing_key")).as(name).isEqualTo(row.path("routing_key"));
      assertThat(seen.path("properties")).as(name).isEqualTo(row.path("properties"));
      assertThat(seen.path("headers")).as(name).isEqualTo(pairs(row.path("headers"), row));
      assertThat(Base64.getDecoder().decode(seen.path("body").textValue()))
          .as(name)
          .isEqualTo(AmqpVectors.body(row));
    }
  }

  /** Returns the headers in wire order, as pairs. */
  private static ArrayNode pairs(JsonNode headers, JsonNode row) {
    ArrayNode pairs = JsonNodeFactory.instance.arrayNode();
    for (JsonNode field : row.path("header_fields")) {
      String name = field.get(0).textValue();
      pairs.addArray().add(name).add(headers.path(name));
    }
    return pairs;
  }

  @Test
  void shouldTakeAndRefuseWhatPythonPublishesAndDieOfNothing() {
    List<JsonNode> rows =
        AmqpVectors.rows("receive.jsonl").stream()
            .filter(row -> !row.path("name").textValue().equals("schema-body-invalid"))
            .toList();
    List<String> valid = Collections.synchronizedList(new ArrayList<>());
    List<String> invalid = Collections.synchronizedList(new ArrayList<>());
    try (AmqpConsumer consumer =
        AmqpConsumer.start(
            "test",
            config,
            QueueRequest.of(config),
            Schemas.builtIn(),
            collector(valid, invalid))) {
      await().until(() -> consumer.status().isReady());
      PythonPeer python = processes.add(PythonPeer.onAmqp("publish", broker.url(virtualHost)));
      for (JsonNode row : rows) {
        python.writeLine(
            line(
                row.path("name").textValue(),
                AmqpVectors.bytes(row, "property_list_b64"),
                AmqpVectors.body(row)));
      }
      python.writeLine(line("nested-headers", nestedHeaders(), bytes("{}")));
      python.writeLine(line("last", new byte[2], bytes("{}")));
      python.finish(0);

      await().until(() -> valid.contains("last"));
      assertThat(consumer.status().connects()).isEqualTo(1);
    }

    for (JsonNode row : rows) {
      String name = row.path("name").textValue();
      boolean delivered = row.path("outcome").textValue().equals("delivered");
      assertThat(delivered ? valid : invalid).contains(name);
    }
    assertThat(invalid).contains("nested-headers");
    assertThat(valid.size() + invalid.size()).isEqualTo(rows.size() + 2);
  }

  private static AmqpHandler collector(List<String> valid, List<String> invalid) {
    return new AmqpHandler() {
      @Override
      public void handle(AmqpDelivery delivery) {
        valid.add(delivery.message().topic());
        delivery.ack();
      }

      @Override
      public void invalid(Received.Invalid message) {
        invalid.add(message.topic());
      }
    };
  }

  private static String line(String topic, byte[] properties, byte[] body) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("exchange", "amq.topic");
    line.put("routing_key", topic);
    line.put("properties", Base64.getEncoder().encodeToString(properties));
    line.put("body", Base64.getEncoder().encodeToString(body));
    return line.toString();
  }

  /** A header that is a list of a list of a list.., as deep as a frame holds. */
  private static byte[] nestedHeaders() {
    int levels = 20_000;
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    table.write(1);
    table.write('x');
    for (int level = levels; level > 0; level--) {
      table.write('A');
      table.writeBytes(ByteBuffer.allocate(4).putInt((level - 1) * 5).array());
    }
    ByteArrayOutputStream properties = new ByteArrayOutputStream();
    properties.writeBytes(new byte[] {0x20, 0x00}); // headers and nothing else
    properties.writeBytes(ByteBuffer.allocate(4).putInt(table.size()).array());
    properties.writeBytes(table.toByteArray());
    return properties.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode json(String line) {
    return StrictJson.parse(bytes(line), JsonLimits.DEFAULT);
  }
}
