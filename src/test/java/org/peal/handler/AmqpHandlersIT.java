package org.peal.handler;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.AmqpPublisher;
import org.peal.config.TestBinding;
import org.peal.handler.amqp.AmqpInlet;
import org.peal.handler.amqp.HandlerQueues;
import org.peal.schema.Schemas;
import org.peal.store.Database;
import org.peal.testing.Broker;

/** The promises to handlers through a real RabbitMQ. */
class AmqpHandlersIT extends HandlerSuite {

  private static String url = "";

  @BeforeAll
  static void makeVirtualHost() {
    url = Broker.shared().url(Broker.shared().newVirtualHost());
  }

  @Override
  HandlerBus open() {
    return new AmqpBus();
  }

  private static final class AmqpBus extends LineBus {

    /** Of this test alone. */
    private final String queue = "work-" + UUID.randomUUID();

    private final AmqpConfig config =
        TestBinding.bind(AmqpConfig.class, "amqp-url: \"" + url + "\"");
    private final AmqpPublisher publisher = AmqpPublisher.start(config, Schemas.builtIn());

    @Override
    public void attach(HandlerRunner runner, Database database, InstantSource clock) {
      AmqpInlet inlet =
          new AmqpInlet(
              runner,
              config,
              HandlerQueues.of(config, Optional.of(queue), runner.terms().topics()),
              Schemas.builtIn());
      start(runner, inlet);
      await("the queue is consumed from").until(() -> inlet.troubles().isEmpty());
    }

    @Override
    public void publish(Sent sent) throws InterruptedException, ExecutionException {
      ObjectNode headers = JsonNodeFactory.instance.objectNode();
      headers.put("sent-at", sent.at().toString());
      AmqpMessage message =
          new AmqpMessage(
              sent.topic(),
              Optional.of(sent.id()),
              headers,
              (ObjectNode) sent.body(),
              Optional.empty(),
              Optional.empty());
      publisher.publish(message).toCompletableFuture().get();
    }

    @Override
    public void close() {
      publisher.close();
    }
  }
}
