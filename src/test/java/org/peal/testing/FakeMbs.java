package org.peal.testing;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Module Build Service over HTTP on loopback that knows what it was told. Thread-safe. */
public final class FakeMbs implements AutoCloseable {

  private static final String BUILDS = "/module-build-service/1/module-builds/";

  private final HttpServer server;
  private final Map<String, String> builds = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  /** Starts one that knows nothing. */
  public FakeMbs() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(BUILDS, this::answer);
    server.start();
  }

  /** Returns the base address, with a slash at its end. */
  public URI address() {
    return URI.create(
        "http://127.0.0.1:" + server.getAddress().getPort() + "/module-build-service/1/");
  }

  /** Sets the JSON of a build. */
  public void put(long id, String json) {
    builds.put(Long.toString(id), json);
  }

  /** Answers with this status from now on; 200 for well. */
  public void status(int code) {
    status = code;
  }

  /** Returns the requests after {@code module-builds/}, as they came. */
  public List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestURI().toString().substring(BUILDS.length()));
    String id = exchange.getRequestURI().getPath().substring(BUILDS.length());
    if (status != 200) {
      send(exchange, status, "{}");
    } else if (id.isEmpty()) {
      send(exchange, 200, "{\"items\": [" + String.join(",", builds.values()) + "]}");
    } else if (builds.containsKey(id)) {
      send(exchange, 200, builds.get(id));
    } else {
      send(exchange, 404, "{\"status\": 404, \"error\": \"Not Found\", \"message\": \"none\"}");
    }
  }

  private static void send(HttpExchange exchange, int code, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
