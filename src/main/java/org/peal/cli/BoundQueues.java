package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.peal.BoundedHttp;
import org.peal.ExitCode;
import org.peal.bridge.BridgeConfig;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.message.TopicPattern;

/**
 * The queues that are bound to the two exchanges of a broker, as its management API tells.
 * Immutable.
 */
record BoundQueues(List<Bound> bindings) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 16 << 20;
  private static final String OWN = "peal.bridge.";

  /** A queue and the pattern that it is bound with. */
  record Bound(String queue, TopicPattern pattern) {}

  BoundQueues {
    bindings = List.copyOf(bindings);
  }

  /**
   * Asks the broker.
   *
   * @param address of the API, with user and password
   * @throws CommandException if it does not answer as it should
   */
  static BoundQueues ask(String address, AmqpConfig amqp, BridgeConfig bridge)
      throws InterruptedException {
    List<Bound> all = new ArrayList<>();
    for (String exchange : List.of(bridge.toZmq().exchange(), bridge.toAmqp().exchange())) {
      for (JsonNode binding : bindings(address, amqp.amqpUrl().virtualHost(), exchange)) {
        if (binding.path("destination_type").asText().equals("queue")) {
          all.add(
              new Bound(
                  binding.path("destination").asText(),
                  TopicPattern.parse(binding.path("routing_key").asText())));
        }
      }
    }
    return new BoundQueues(all);
  }

  private static JsonNode bindings(String address, String virtualHost, String exchange)
      throws InterruptedException {
    try {
      URI base = URI.create(address);
      String path =
          "/api/exchanges/%s/%s/bindings/source".formatted(encoded(virtualHost), encoded(exchange));
      URI uri =
          URI.create(
              "%s://%s:%d%s".formatted(base.getScheme(), base.getHost(), base.getPort(), path));
      String user = base.getUserInfo() == null ? "guest:guest" : base.getUserInfo();
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .header(
                  "Authorization",
                  "Basic "
                      + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
              .build();
      HttpResponse<byte[]> answer =
          BoundedHttp.send(BoundedHttp.client().build(), request, PATIENCE, MOST_BYTES);
      if (answer.statusCode() != 200) {
        throw failure(base.getHost(), "it answers with status " + answer.statusCode());
      }
      return StrictJson.parse(answer.body(), JsonLimits.DEFAULT);
    } catch (IOException | MalformedJsonException | IllegalArgumentException e) {
      throw failure("--management", String.valueOf(e.getMessage()));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static CommandException failure(String where, String why) {
    return new CommandException(
        ExitCode.UNREACHABLE, "the management API cannot be asked (%s): %s".formatted(where, why));
  }

  /** Returns the queues, other than the bridge's own, that get one of some topics. */
  Set<String> of(Set<String> topics) {
    Set<String> names = new TreeSet<>();
    for (Bound bound : bindings) {
      if (!bound.queue().startsWith(OWN) && topics.stream().anyMatch(bound.pattern()::matches)) {
        names.add(bound.queue());
      }
    }
    return names;
  }
}
