package org.peal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {

  private HttpServer server;

  @BeforeEach
  void start() {
    server =
        new HttpServer(
            "127.0.0.1",
            0,
            Map.of(
                "/hello",
                () -> Answer.text(200, "hello\n"),
                "/broken",
                () -> {
                  throw new IllegalStateException("planted");
                }));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String ask(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String get(String path) throws IOException {
    return ask("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }

  @Test
  void shouldServePagesAndSayWhichThereAre() throws IOException {
    assertThat(get("/hello?x=1")).startsWith("HTTP/1.1 200").endsWith("hello\n");
    assertThat(get("/hello")).doesNotContainIgnoringCase("server:");
    assertThat(get("/other")).startsWith("HTTP/1.1 404").contains("/hello");
    assertThat(get("/broken")).startsWith("HTTP/1.1 500").doesNotContain("planted");
  }

  @Test
  void shouldRefuseOtherMethodsAndLargeRequests() throws IOException {
    assertThat(ask("POST /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000000\r\n\r\n"))
        .startsWith("HTTP/1.1 405")
        .contains("Allow: GET, HEAD");
    assertThat(ask("GET /hello HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(9000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(ask("HEAD /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .doesNotContain("hello\n");
  }

  @Test
  void shouldSayThatAnAddressIsInUse() {
    assertThatThrownBy(() -> new HttpServer("127.0.0.1", server.port(), Map.of()).close())
        .isInstanceOf(HttpException.class)
        .hasMessageContaining("127.0.0.1:" + server.port())
        .hasMessageContaining("in use");
  }
}
