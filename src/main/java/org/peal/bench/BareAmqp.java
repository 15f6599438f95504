package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.peal.bus.amqp.AmqpUrl;
import org.peal.json.SpacedJson;

/**
 * The bare client of RabbitMQ: durable messages with confirms, as many under way as with Peal. It
 * owns the exchange and the queue that all the others of the measurement publish to.
 */
final class BareAmqp implements Role {

  /** The name of exchange and queue. */
  static final String NAME = "peal.bench";

  /** As many messages as {@code amqp.window} allows by itself. */
  private static final int WINDOW = 1000;

  private static final int BODIES = 1000;
  private static final int PERSISTENT = 2;
  private static final String ALL = "#";

  private final Connection connection;
  private final Channel channel;
  private final List<byte[]> bodies = new ArrayList<>();

  /** Takes {@code url}, a broker's address. */
  BareAmqp(JsonNode terms) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    String url = terms.path("url").textValue();
    factory.setUri(url);
    // The library takes the path "/" for a virtual host without a name.
    factory.setVirtualHost(AmqpUrl.parse(url).virtualHost());
    connection = factory.newConnection("peal-bench");
    channel = connection.createChannel();
    channel.confirmSelect();
    channel.exchangeDeclare(NAME, "topic", true);
    channel.queueDeclare(NAME, true, false, false, Map.of());
    channel.queueBind(NAME, NAME, ALL);
    for (int i = 0; i < BODIES; i++) {
      bodies.add(SpacedJson.write(SampleMessages.body(i)));
    }
  }

  @Override
  public ObjectNode greeting() {
    return Answers.done();
  }

  @Override
  public ObjectNode carryOut(JsonNode order) throws Exception {
    return switch (order.path("do").asText()) {
      case "publish" -> publish(order.path("count").intValue());
      case "purge" -> purge();
      default -> throw Answers.unknown(order);
    };
  }

  private ObjectNode purge() throws IOException {
    channel.queuePurge(NAME);
    return Answers.done();
  }

  private ObjectNode publish(int count) throws Exception {
    Confirms confirms = new Confirms(WINDOW);
    channel.clearConfirmListeners();
    channel.addConfirmListener(confirms);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      confirms.awaitRoom(channel.getNextPublishSeqNo());
      channel.basicPublish(
          NAME, SampleMessages.TOPIC.value(), true, properties(), bodies.get(i % BODIES));
    }
    confirms.awaitAll();
    return Answers.took(count, System.nanoTime() - start);
  }

  private static BasicProperties properties() {
    return new BasicProperties.Builder()
        .messageId(UUID.randomUUID().toString())
        .contentType("application/json")
        .contentEncoding(StandardCharsets.UTF_8.name())
        .deliveryMode(PERSISTENT)
        .priority(0)
        .headers(SampleHeaders.ofClient())
        .build();
  }

  @Override
  public void close() throws IOException {
    channel.queueDelete(NAME);
    channel.exchangeDelete(NAME);
    try {
      channel.close();
    } catch (TimeoutException e) {
      throw new IOException(e);
    } finally {
      connection.close();
    }
  }
}
