package org.peal.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A web server on loopback that answers one recorded request at a time with the recorded reply, and
 * any other request with status 409 and what is different.
 */
public final class RecordedHub implements AutoCloseable {

  private static final List<String> SESSION =
      List.of("Koji-Session-Id", "Koji-Session-Key", "Koji-Session-Callnum");

  private final HttpServer server;
  private volatile JsonNode expected;

  /** Starts one that expects this exchange, a row of {@code exchanges.json}. */
  public RecordedHub(JsonNode exchange) {
    expected = exchange;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/kojihub", this::answer);
    server.start();
  }

  /** Expects this exchange from now on. */
  public void expect(JsonNode exchange) {
    expected = exchange;
  }

  /** Returns the address for the setting {@code server}. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/kojihub");
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = expected.get("request");
    byte[] body = exchange.getRequestBody().readAllBytes();
    String difference = difference(exchange, body, request);
    JsonNode response = expected.get("response");
    if (difference.isEmpty()) {
      response.get("headers").properties().forEach(header -> copy(header, exchange));
      send(exchange, response.get("status").intValue(), response.get("xml").textValue());
    } else {
      send(exchange, 409, difference);
    }
    exchange.close();
  }

  private static void copy(Map.Entry<String, JsonNode> header, HttpExchange exchange) {
    exchange.getResponseHeaders().set(header.getKey(), header.getValue().textValue());
  }

  private static String difference(HttpExchange exchange, byte[] body, JsonNode request) {
    String path = exchange.getRequestURI().toString();
    if (!path.equals(request.get("path").textValue())) {
      return "path " + path;
    }
    Headers headers = exchange.getRequestHeaders();
    if (!"text/xml".equals(headers.getFirst("Content-Type"))
        || headers.getFirst("Content-Length") == null) {
      return "content headers";
    }
    for (String name : SESSION) {
      String wanted = request.get("headers").path(name).asText("none");
      if (!wanted.equals(headers.getOrDefault(name, List.of("none")).get(0))) {
        return "header " + name;
      }
    }
    byte[] xml = request.get("xml").textValue().getBytes(StandardCharsets.UTF_8);
    return XmlRpcDom.request(body).equals(XmlRpcDom.request(xml)) ? "" : "request";
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
