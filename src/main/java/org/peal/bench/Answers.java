package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Makes the answers of workers. Stateless. */
final class Answers {

  private Answers() {}

  static ObjectNode done() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode address(String address) {
    return done().put("address", address);
  }

  /** Tells how many of something took how long. */
  static ObjectNode took(long count, long nanos) {
    return done().put("count", count).put("nanos", nanos);
  }

  /** Waits until so many messages are answered, so that a node that answers no more is noticed. */
  static void await(Semaphore answered, int count) throws InterruptedException {
    Duration limit = Lab.patience(count);
    if (!answered.tryAcquire(count, limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new BenchException(
          "of %d messages only %d were answered in %d s"
              .formatted(count, answered.availablePermits(), limit.toSeconds()));
    }
  }

  static BenchException unknown(JsonNode order) {
    return new BenchException("no such order: " + order);
  }
}
