package org.peal.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;

/**
 * Stands in for a Koji hub over HTTP: it knows every build and tag, and carries every task out at
 * once. Thread-safe.
 */
final class KojiStandIn implements HttpHandler {

  private static final int NO_BODY = -1;

  private final Map<String, Map<String, Long>> tags = new HashMap<>();
  private long tasks;
  private long awaited = Long.MAX_VALUE;
  private Runnable reached = () -> {};

  /** Runs something once so many more tags were put on builds. */
  synchronized void whenTagged(long more, Runnable action) {
    awaited = tasks + more;
    reached = action;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    byte[] request = exchange.getRequestBody().readAllBytes();
    try {
      byte[] reply = reply(HubRequest.of(request)).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/xml");
      exchange.sendResponseHeaders(200, reply.length);
      exchange.getResponseBody().write(reply);
    } catch (XMLStreamException e) {
      exchange.sendResponseHeaders(400, NO_BODY);
    } finally {
      exchange.close();
    }
  }

  private synchronized String reply(HubRequest request) {
    List<String> results = request.calls().stream().map(this::result).toList();
    String result =
        request.isCombined()
            ? array(results.stream().map(one -> array(List.of(one))).toList())
            : results.get(0);
    return "<?xml version=\"1.0\"?><methodResponse><params><param>"
        + value(result)
        + "</param></params></methodResponse>";
  }

  private String result(HubRequest.Call call) {
    List<String> texts = call.texts();
    return switch (call.method()) {
      case "login" ->
          struct(
              Map.of(
                  "session-id", number(1),
                  "session-key", text("key"),
                  "header-auth", "<boolean>1</boolean>"));
      case "getLoggedInUser" -> struct(Map.of("id", number(1), "name", text("bench")));
      case "getTag" -> tag(texts.get(0));
      case "getBuild" -> build(texts.get(0));
      case "listTags" ->
          array(
              tags.getOrDefault(texts.get(0), Map.of()).keySet().stream()
                  .map(KojiStandIn::tag)
                  .toList());
      case "listTasks" ->
          array(call.names().contains("state") || tasks == 0 ? List.of() : newest());
      case "tagBuild" -> tagBuild(texts.get(0), texts.get(1));
      default -> "<nil/>";
    };
  }

  private String tagBuild(String tag, String nvr) {
    tasks++;
    tags.computeIfAbsent(nvr, any -> new LinkedHashMap<>()).put(tag, tasks);
    if (tasks == awaited) {
      reached.run();
    }
    return number(tasks);
  }

  private List<String> newest() {
    return List.of(
        struct(Map.of("id", number(tasks), "method", text("tagBuild"), "state", number(2))));
  }

  private static String tag(String name) {
    return struct(Map.of("id", number(1), "name", text(name)));
  }

  private static String build(String nvr) {
    int release = nvr.lastIndexOf('-');
    int version = nvr.lastIndexOf('-', release - 1);
    return struct(
        Map.of(
            "id", number(nvr.hashCode()),
            "nvr", text(nvr),
            "name", text(nvr.substring(0, version)),
            "version", text(nvr.substring(version + 1, release)),
            "release", text(nvr.substring(release + 1)),
            "state", number(1)));
  }

  private static String struct(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> "<member><name>" + member.getKey() + "</name>" + value(member.getValue()))
        .map(member -> member + "</member>")
        .collect(Collectors.joining("", "<struct>", "</struct>"));
  }

  private static String array(List<String> items) {
    return items.stream()
        .map(KojiStandIn::value)
        .collect(Collectors.joining("", "<array><data>", "</data></array>"));
  }

  private static String value(String content) {
    return "<value>" + content + "</value>";
  }

  private static String number(long number) {
    return "<int>" + number + "</int>";
  }

  /** Nothing in names of the bench needs an escape. */
  private static String text(String text) {
    return "<string>" + text + "</string>";
  }
}
