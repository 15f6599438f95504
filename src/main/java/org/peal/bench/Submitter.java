package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.peal.bus.Draft;
import org.peal.node.submit.Answer;
import org.peal.node.submit.SubmitClient;

/** What {@code peal logger --json-lines} does: hand drafts to the node over its socket. */
final class Submitter implements Role {

  private final SubmitClient client;

  /** Takes {@code socket}. */
  Submitter(JsonNode terms) throws IOException {
    client = SubmitClient.connect(Path.of(terms.path("socket").textValue()));
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
    return publish(order.path("count").intValue());
  }

  private ObjectNode publish(int count) throws InterruptedException {
    Semaphore answered = new Semaphore(0);
    AtomicInteger accepted = new AtomicInteger();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      client
          .submit(Draft.of(SampleMessages.TOPIC, SampleMessages.body(i)))
          .whenComplete(
              (answer, failure) -> {
                if (answer instanceof Answer.Accepted) {
                  accepted.incrementAndGet();
                }
                answered.release();
              });
    }
    Answers.await(answered, count);
    long nanos = System.nanoTime() - start;
    if (accepted.get() < count) {
      throw new BenchException(count - accepted.get() + " messages were not accepted");
    }
    return Answers.took(count, nanos);
  }

  @Override
  public void close() {
    client.close();
  }
}
