package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.bus.amqp.AmqpPublisher;
import org.peal.bus.amqp.Mandatory;
import org.peal.schema.Schemas;

/** Our publisher on AMQP, without anything around it. */
final class PealAmqp implements Role {

  private static final int BODIES = 1000;

  private final AmqpPublisher publisher;
  private final ObjectNode[] bodies = new ObjectNode[BODIES];
  private final ObjectNode headers = SampleHeaders.ofPeal();

  /** Takes {@code folder}, which holds {@code peal.yaml}. */
  PealAmqp(JsonNode terms) {
    publisher =
        AmqpPublisher.start(
            MeasuredNode.config(Path.of(terms.path("folder").textValue())).amqp(),
            BareAmqp.NAME,
            Mandatory.REPORT,
            Schemas.builtIn());
    for (int i = 0; i < BODIES; i++) {
      bodies[i] = SampleMessages.body(i);
    }
  }

  @Override
  public ObjectNode greeting() {
    return Answers.done();
  }

  @Override
  public ObjectNode carryOut(JsonNode order) throws InterruptedException {
    if (!order.path("do").asText().equals("publish")) {
      throw Answers.unknown(order);
    }
    int count = order.path("count").intValue();
    Replies replies = new Replies();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      publisher.publish(message(i)).whenComplete((done, failure) -> replies.take(failure == null));
    }
    replies.await(count);
    return Answers.took(count, System.nanoTime() - start);
  }

  private AmqpMessage message(int number) {
    return new AmqpMessage(
        SampleMessages.TOPIC.value(),
        Optional.of(UUID.randomUUID().toString()),
        headers,
        bodies[number % BODIES],
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public void close() {
    publisher.close();
  }
}
