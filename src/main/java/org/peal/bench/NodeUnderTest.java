package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.peal.bus.Draft;
import org.peal.bus.Publisher;
import org.peal.node.PartName;
import org.peal.node.PealNode;

/** A node as {@code peal node} runs it, with something in the same process that publishes. */
final class NodeUnderTest implements Role {

  private final PealNode node;

  /** Takes {@code folder}, which holds {@code peal.yaml} and gets what the node keeps. */
  NodeUnderTest(JsonNode terms) {
    node = MeasuredNode.start(Path.of(terms.path("folder").textValue()));
  }

  @Override
  public ObjectNode greeting() {
    ObjectNode greeting = Answers.done();
    node.status()
        .parts()
        .forEach(
            (name, part) ->
                greeting.put(name.toString(), part.listening().get(0).split(" ", 2)[0]));
    return greeting;
  }

  @Override
  public ObjectNode carryOut(JsonNode order) throws Exception {
    int count = order.path("count").intValue();
    return switch (order.path("do").asText()) {
      case "publish" -> publish(count);
      case "pace" -> pace(count, order.path("rate").intValue());
      case "memory" -> Memory.addAllTo(Answers.done());
      default -> throw Answers.unknown(order);
    };
  }

  private ObjectNode publish(int count) throws InterruptedException {
    Publisher publisher = publisher();
    JsonNode[] bodies = new JsonNode[1000];
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = SampleMessages.body(i);
    }
    Replies replies = new Replies();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      publisher
          .publish(Draft.of(SampleMessages.TOPIC, bodies[i % bodies.length]))
          .whenComplete((done, failure) -> replies.take(failure == null));
    }
    replies.await(count);
    return Answers.took(count, System.nanoTime() - start);
  }

  private ObjectNode pace(int count, int rate) {
    Publisher publisher = publisher();
    Pace pace = new Pace(rate);
    for (int i = 0; i < count; i++) {
      pace.await();
      publisher.publish(Draft.of(SampleMessages.TOPIC, SampleMessages.stamped(i)));
    }
    return Answers.done();
  }

  private Publisher publisher() {
    return node.publisher()
        .orElseThrow(() -> new BenchException("the node has no part " + PartName.PUBLISHER));
  }

  @Override
  public void close() {
    MeasuredNode.end(node);
  }
}
