package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
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
    Replies replies = new Replies();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      client
          .submit(Draft.of(SampleMessages.TOPIC, SampleMessages.body(i)))
          .whenComplete((answer, failure) -> replies.take(answer instanceof Answer.Accepted));
    }
    replies.await(count);
    return Answers.took(count, System.nanoTime() - start);
  }

  @Override
  public void close() {
    client.close();
  }
}
