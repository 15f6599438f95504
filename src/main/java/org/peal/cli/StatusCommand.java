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
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.endpoint.Endpoint;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;
import org.peal.node.StatusConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code peal status}: asks a running node how it fares. */
@Command(
    name = "peal status",
    sortOptions = false,
    description = "Ask the node that runs on this host how it fares.",
    footer = {
      "",
      "Exit status: 0 it is ready, perhaps with warnings; 1 it is not ready; 65 what answers is not"
          + " a node; 69 no node answers; 78 the configuration is wrong.",
      "",
      "Examples:",
      "  peal status",
      "  peal status --json | jq .warnings",
      "  peal status --address 192.0.2.7:9941"
    })
final class StatusCommand extends PealCommand {

  /** A node with thousands of publishers says less. */
  private static final int MOST_BYTES = 32 << 20;

  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 20, 30, 1_000_000);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      description = "Ask the node that listens there (default: status.address, 127.0.0.1:9941).")
  @Nullable String address;

  @Option(names = "--json", description = "Print the answer as JSON.")
  boolean json;

  StatusCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal status";
  }

  @Override
  ExitCode run() throws Exception {
    String where = where();
    String text = ask(where);
    JsonNode status = parsed(where, text);
    Output out = new Output(io.out());
    if (json) {
      out.line(text.strip());
    } else {
      print(status, out);
    }
    out.flush();
    return status.path("state").asText().equals("not-ready") ? ExitCode.NEGATIVE : ExitCode.OK;
  }

  private String where() {
    if (address == null) {
      StatusConfig config = Setup.load(this, Map.of()).config().status();
      if (!config.isOn()) {
        throw new CommandException(
            ExitCode.UNREACHABLE, "status.address is none: this node cannot be asked");
      }
      return shown(config.where());
    }
    try {
      return shown(StatusConfig.parse(address));
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, "--address: " + e.getMessage());
    }
  }

  /** A node that listens everywhere is asked on this host. */
  private static String shown(Endpoint where) {
    String host = where.host();
    boolean isAny = host.equals("*") || host.equals("0.0.0.0") || host.equals("::");
    return new Endpoint(isAny ? "127.0.0.1" : host, where.port())
        .toString()
        .substring("tcp://".length());
  }

  private String ask(String where) throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + where + "/status")).timeout(PATIENCE).build();
    try {
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() != 200) {
          throw notNode(where, "HTTP status " + answer.statusCode());
        }
        return new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.UNREACHABLE,
          "no node answers at " + where + "; start one with \"peal node\", or give --address");
    }
  }

  private static JsonNode parsed(String where, String text) {
    try {
      JsonNode status = StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), LIMITS);
      if (!status.path("version").isInt()) {
        throw notNode(where, "no version");
      }
      return status;
    } catch (MalformedJsonException e) {
      throw notNode(where, e.getMessage());
    }
  }

  private static CommandException notNode(String where, String why) {
    return new CommandException(
        ExitCode.BAD_DATA, "what answers at " + where + " is not a Peal node: " + why);
  }

  private static void print(JsonNode status, Output out) {
    out.line(
        text(status, "name")
            + ": "
            + text(status, "state")
            + ", runs since "
            + text(status, "since"));
    status
        .path("failures")
        .forEach(line -> out.line("  failure: " + SafeText.line(line.asText(), 500)));
    status
        .path("warnings")
        .forEach(line -> out.line("  warning: " + SafeText.line(line.asText(), 500)));
    status.path("parts").properties().forEach(part -> print(part.getKey(), part.getValue(), out));
    status
        .path("certificates")
        .forEach(
            c ->
                out.line(
                    "certificate "
                        + text(c, "file")
                        + ": "
                        + c.path("days_left").asLong()
                        + " days left"));
  }

  private static void print(String name, JsonNode part, Output out) {
    out.line(SafeText.line(name, 100) + ": " + text(part, "summary"));
    part.path("listening")
        .forEach(where -> out.line("  listening on " + SafeText.line(where.asText(), 200)));
    for (JsonNode link : part.path("links")) {
      out.line(
          "  "
              + (link.path("connected").asBoolean() ? "connected " : "not connected ")
              + text(link, "name")
              + " "
              + text(link, "endpoint")
              + ", "
              + link.path("messages").asLong()
              + " messages, "
              + (link.path("silent_seconds").isNumber()
                  ? "last one " + link.path("silent_seconds").asLong() + " s ago"
                  : "none yet"));
    }
  }

  private static String text(JsonNode node, String field) {
    return SafeText.line(node.path(field).asText(), 500);
  }
}
