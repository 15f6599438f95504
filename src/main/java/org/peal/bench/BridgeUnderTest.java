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

  /**
   * A look at a busy bridge costs as much as a few messages, so they become frequent at the end.
   */
  private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

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
    long done = crossed() - before;
    while (done < count && !deadline.left().isZero()) {
      LockSupport.parkNanos(pause(System.nanoTime() - start, done, count - done));
      done = crossed() - before;
    }
    return Answers.took(done, System.nanoTime() - start);
  }

  /** Returns half of what the rest will take as it seems, within bounds. */
  private static long pause(long elapsed, long done, long left) {
    double rest = done == 0 ? 0 : (double) elapsed * left / done;
    return Math.max(LEAST_NANOS, Math.min(MOST_NANOS, (long) rest / 2));
  }

  @Override
  public void close() {
    MeasuredNode.end(node);
  }
}
