package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** {@code peal dg-replay} and its alias as processes, with an archive of the test's own. */
class DgReplayIT {

  private static final String ID = "2014-f1c49f0b-5caf-49e6-b79a-cc54bcfac602";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private HttpServer server;
  private Site site;
  private volatile String asked = "";
  private volatile int status = 200;
  private volatile byte[] answer = new byte[0];

  @BeforeEach
  void start() throws IOException {
    site = new Site(folder, processes);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/datagrepper",
        exchange -> {
          asked = exchange.getRequestURI().toString();
          exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
          try (exchange) {
            exchange.getResponseBody().write(answer);
          } catch (IOException e) {
            // The client may have had enough.
            return;
          }
        });
    server.start();
    answer(message("org.fedoraproject.prod.git.receive", ID));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(String text) {
    answer = text.getBytes(StandardCharsets.UTF_8);
  }

  private static String message(String topic, String id) {
    return "{\"topic\":\"%s\",\"msg_id\":\"%s\",\"msg\":{\"repo\":\"b'a\\\"sh\",\"f\":1.50},\"i\":7}"
        .formatted(topic, id);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/datagrepper";
  }

  @Test
  void shouldPublishTheBodyAgain() {
    Site.Relay relay = site.relay();
    PealProcess tail =
        site.start("tail", "--connect", relay.out(), "--no-validate", "--count", "2");
    tail.awaitErr("connected to ");
    List<String> options = List.of("--msg-id", ID, "--datagrepper-url", url() + "/", "--no-sign");
    PealProcess ours =
        site.start(
            "dg-replay",
            options.get(0),
            options.get(1),
            options.get(2),
            options.get(3),
            options.get(4),
            "--endpoint",
            relay.in());
    ours.assertExit(0);
    assertThat(ours.out()).isEmpty();
    assertThat(ours.err()).containsExactly(Site.unconfirmed("dg-replay", relay.in()));
    assertThat(asked).isEqualTo("/datagrepper/id?id=" + ID);
    PealProcess alias =
        site.startProgram(
            "fedmsg-dg-replay",
            options.get(0),
            options.get(1),
            options.get(2),
            options.get(3),
            options.get(4),
            "--endpoint",
            relay.in());
    alias.assertExit(0);
    assertThat(alias.out())
        .containsExactly("Retrieving '" + ID + "'", "Broadcasting '" + ID + "'", "OK.");
    tail.assertExit(0);
    for (String line : tail.out()) {
      JsonNode again = LoggerIT.json(line);
      assertThat(again.path("topic").asText()).isEqualTo("org.fedoraproject.dev.git.receive");
      assertThat(again.path("msg").toString()).isEqualTo("{\"f\":1.5,\"repo\":\"b'a\\\"sh\"}");
      assertThat(again.path("i").asInt()).isEqualTo(1);
      assertThat(again.path("msg_id").asText()).isNotEqualTo(ID).hasSize(41);
    }
  }

  private void exits(int ours, int original, String told, String... options) {
    String[] args = new String[options.length + 3];
    System.arraycopy(options, 0, args, 3, options.length);
    args[0] = "dg-replay";
    args[1] = "--datagrepper-url";
    args[2] = url();
    PealProcess process = site.start(args);
    process.assertExit(ours);
    assertThat(String.join("\n", process.err())).contains(told).doesNotContain("\tat ");
    PealProcess alias =
        site.startProgram(
            "fedmsg-dg-replay", List.of(args).subList(1, args.length).toArray(String[]::new));
    alias.assertExit(original);
    assertThat(String.join("\n", alias.err())).contains(told);
  }

  @Test
  void shouldSayWhatIsWrongWithTheArchive() {
    exits(2, 1, "--msg-id");
    status = 404;
    exits(66, 2, "the archive has no message \"no such/id\"", "--msg-id", "no such/id");
    assertThat(asked).isEqualTo("/datagrepper/id?id=no+such%2Fid");
    status = 503;
    exits(69, 2, "the archive answers with status 503", "--msg-id", ID);
    status = 200;
    answer("<html>");
    exits(65, 1, "the archive's answer is not JSON", "--msg-id", ID);
    answer("{}");
    exits(65, 1, "lacks topic or msg", "--msg-id", ID);
    answer(message("org.fedoraproject.prod.git.receive", "2014-other"));
    exits(65, 1, "another message: \"2014-other\"", "--msg-id", ID);
    answer(message("a.b.c", ID));
    exits(65, 1, "fewer than 4 parts", "--msg-id", ID);
    answer = new byte[17 << 20];
    exits(69, 1, "larger than ", "--msg-id", ID);
  }
}
