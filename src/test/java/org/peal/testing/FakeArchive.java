package org.peal.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** An archive of messages on loopback, as datagrepper is, that holds one message. Thread-safe. */
public final class FakeArchive implements AutoCloseable {

  private final HttpServer server;
  private final String id;
  private final byte[] message;

  private FakeArchive(HttpServer server, String id, String message) {
    this.server = server;
    this.id = id;
    this.message = message.getBytes(StandardCharsets.UTF_8);
    server.createContext("/v2/id", this::answer);
  }

  /** Starts one that answers the question for an id with a text. */
  public static FakeArchive start(String id, String message) {
    try {
      InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      FakeArchive archive = new FakeArchive(HttpServer.create(anywhere, 0), id, message);
      archive.server.start();
      return archive;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean isKnown = exchange.getRequestURI().getRawQuery().equals("id=" + id + "&is_raw=true");
    exchange.sendResponseHeaders(isKnown ? 200 : 404, message.length);
    try (exchange) {
      exchange.getResponseBody().write(message);
    }
  }

  /** Returns its address. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
