package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.peal.ExitCode;
import org.peal.endpoint.Endpoint;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.node.StatusConfig;

/**
 * A node that can be asked over HTTP how it fares, if it runs. Immutable.
 *
 * @param where {@code HOST:PORT}
 */
record RunningNode(String where) {

  /** A node with thousands of publishers says less. */
  private static final int MOST_BYTES = 32 << 20;

  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 20, 30, 1_000_000);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * What a node said.
   *
   * @param status {@code docs/operations.md} tells what is in it
   * @param text the same as it came
   */
  record Answer(JsonNode status, String text) {}

  /** Returns the node of a configuration; empty if that says that it cannot be asked. */
  static Optional<RunningNode> of(StatusConfig config) {
    return config.isOn() ? Optional.of(at(config.where())) : Optional.empty();
  }

  /** Returns the node at an address; one that listens everywhere is asked on this host. */
  static RunningNode at(Endpoint where) {
    String host = where.host();
    boolean isAny = host.equals("*") || host.equals("0.0.0.0") || host.equals("::");
    return new RunningNode(
        new Endpoint(isAny ? "127.0.0.1" : host, where.port())
            .toString()
            .substring("tcp://".length()));
  }

  /**
   * Asks.
   *
   * @return empty if nobody answers
   * @throws CommandException if what answers is no node
   */
  Optional<Answer> ask() throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + where + "/status")).timeout(PATIENCE).build();
    try {
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() != 200) {
          throw notNode("HTTP status " + answer.statusCode());
        }
        return Optional.of(parsed(body.readNBytes(MOST_BYTES)));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Answer parsed(byte[] text) {
    try {
      JsonNode status = StrictJson.parse(text, LIMITS);
      if (!status.path("version").isInt()) {
        throw notNode("no version");
      }
      return new Answer(status, new String(text, StandardCharsets.UTF_8));
    } catch (MalformedJsonException e) {
      throw notNode(String.valueOf(e.getMessage()));
    }
  }

  private CommandException notNode(String why) {
    return new CommandException(
        ExitCode.BAD_DATA, "what answers at " + where + " is not a Peal node: " + why);
  }
}
