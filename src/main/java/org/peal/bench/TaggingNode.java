package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.peal.bus.Draft;
import org.peal.bus.Publisher;
import org.peal.node.PealNode;

/** A node that tags module builds, with something in the same process that publishes them. */
final class TaggingNode implements Role {

  private static final String CALL =
      "<?xml version=\"1.0\"?><methodCall><methodName>tagBuild</methodName><params><param><value>"
          + "<string>limit</string></value></param><param><value><string>limit-1-%d</string></value>"
          + "</param></params></methodCall>";

  private final PealNode node;
  private final String services;

  /**
   * Takes {@code folder}, which holds {@code peal.yaml}, and the address of the {@code services}.
   */
  TaggingNode(JsonNode terms) {
    Path folder = Path.of(terms.path("folder").textValue());
    services = terms.path("services").textValue();
    node = MeasuredNode.start(folder);
  }

  @Override
  public ObjectNode greeting() {
    return Answers.done();
  }

  @Override
  public ObjectNode carryOut(JsonNode order) throws Exception {
    int count = order.path("count").intValue();
    return switch (order.path("do").asText()) {
      case "publish" -> publish(order.path("from").longValue(), count);
      case "calls" -> calls(count);
      case "memory" -> Memory.addTo(Answers.done());
      default -> throw Answers.unknown(order);
    };
  }

  private ObjectNode publish(long from, int count) throws InterruptedException {
    Publisher publisher =
        node.publisher().orElseThrow(() -> new BenchException("the node has no publisher"));
    Replies replies = new Replies();
    for (long number = from; number < from + count; number++) {
      publisher
          .publish(Draft.of(ModuleMessages.TOPIC, ModuleMessages.body(number)))
          .whenComplete((done, failure) -> replies.take(failure == null));
    }
    replies.await(count);
    return Answers.done();
  }

  /** Makes requests one after the other, as many as builds need, and nothing else. */
  private ObjectNode calls(int count) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(services + "/kojihub"))
              .POST(HttpRequest.BodyPublishers.ofString(CALL.formatted(i)))
              .build();
      client.send(request, BodyHandlers.ofByteArray());
    }
    return Answers.took(count, System.nanoTime() - start);
  }

  @Override
  public void close() {
    MeasuredNode.end(node);
  }
}
