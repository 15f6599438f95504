package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.peal.Deadline;
import org.peal.node.PartName;
import org.peal.node.PartStatus;
import org.peal.node.PealNode;

/** A bridge to a broker as {@code peal bridge} runs it, which tells when messages have crossed. */
final class BridgeUnderTest implements Role {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final PealNode node;
  private long before;

  /** Takes {@code folder}, which holds {@code peal.yaml} and gets what the node keeps. */
  BridgeUnderTest(JsonNode terms) {
    node = MeasuredNode.start(Path.of(terms.path("folder").textValue()));
    Deadline deadline = Deadline.after(Lab.PATIENCE);
    while (!status().troubles().isEmpty()) {
      if (deadline.left().isZero()) {
        throw new BenchException("the bridge is not ready: " + status().troubles());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private PartStatus status() {
    PartStatus part = node.status().parts().get(PartName.BRIDGE);
    if (part == null) {
      throw new BenchException("the node has no part " + PartName.BRIDGE);
    }
    return part;
  }

  private long crossed() {
    return status().counters().getOrDefault("bridge_to_amqp_bridged", 0L);
  }

  @Override
  public ObjectNode greeting() {
    return Answers.done();
  }

  @Override
  public ObjectNode carryOut(JsonNode order) {
    return switch (order.path("do").asText()) {
      case "arm" -> {
        before = crossed();
        yield Answers.done();
      }
      case "result" -> awaitCrossed(order.path("count").intValue());
      default -> throw Answers.unknown(order);
    };
  }

  private ObjectNode awaitCrossed(int count) {
    long start = System.nanoTime();
    Deadline deadline = Deadline.after(Lab.patience(count));
    while (crossed() - before < count && !deadline.left().isZero()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return Answers.took(crossed() - before, System.nanoTime() - start);
  }

  @Override
  public void close() {
    MeasuredNode.end(node);
  }
}
