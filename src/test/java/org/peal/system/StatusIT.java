package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** A running node is asked how it fares. */
class StatusIT {

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  /** Returns the HTTP status and the text of a page. */
  static String get(String address, String path) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  /** Waits until the page that says whether a node is ready begins with a text. */
  static void awaitReady(int pages, String answer) {
    await(answer)
        .ignoreExceptions()
        .untilAsserted(
            () -> assertThat(get("http://127.0.0.1:" + pages, "/readyz")).startsWith(answer));
  }

  @Test
  void shouldTellWhatANodeDoes() throws Exception {
    Site site = new Site(folder, processes);
    site.file(
        "conf/peal.yaml",
        "relay: {in: [tcp://127.0.0.1:0], out: [tcp://127.0.0.1:0]}\n"
            + "status: {address: '127.0.0.1:0'}\n");
    PealProcess node = site.start("node", "--config", "conf");
    String in = node.awaitErr("listening on tcp").replaceAll(".*(tcp://\\S+) \\(in\\).*", "$1");
    String pages = node.awaitErr("status: listening on").replaceAll(".*(http://\\S+).*", "$1");
    String address = pages.substring("http://".length());
    assertThat(get(pages, "/readyz")).isEqualTo("200 ready\n");
    assertThat(get(pages, "/livez")).startsWith("200");
    assertThat(get(pages, "/version")).startsWith("200 peal ");

    PealProcess logger =
        site.run("", "logger", "--endpoint", in, "--no-sign", "--message", "hello", "--topic", "x");
    logger.assertExit(0);
    org.awaitility.Awaitility.await()
        .until(() -> get(pages, "/metrics").contains("peal_received_total{part=\"relay\"} 1.0"));

    PealProcess status = site.run("", "status", "--address", address);
    status.assertExit(0);
    assertThat(status.out()).anyMatch(line -> line.startsWith("relay: received 1, forwarded 1"));
    PealProcess json = site.run("", "status", "--json", "--address", address);
    assertThat(String.join("", json.out())).contains("\"version\":1", "\"state\":\"ready\"");
  }

  @Test
  void shouldMeasureTheLogOfANodeThatAccepts() throws Exception {
    Site site = new Site(folder, processes);
    site.file(
        "conf/peal.yaml",
        """
        node: {parts: [publisher], submit: node.sock}
        publisher: {out: ["tcp://127.0.0.1:0"]}
        store: {path: store.db}
        status: {address: '127.0.0.1:0'}
        """);
    PealProcess node = site.start("node", "--config", "conf");
    String pages = node.awaitErr("status: listening on").replaceAll(".*(http://\\S+).*", "$1");
    site.run("one\ntwo\n", "logger", "--config", "conf").assertExit(0);
    assertThat(get(pages, "/metrics").lines())
        .contains(
            "peal_log_messages 2.0",
            "peal_log_first_sequence_id 1.0",
            "peal_log_last_sequence_id 2.0",
            "peal_publisher_in_flight 0.0",
            "peal_outbox_rows 0.0",
            "peal_dropped_total{part=\"publisher\"} 0.0")
        .anyMatch(line -> line.matches("peal_log_bytes [1-9][0-9.]+"));
  }

  @Test
  void shouldCountWhatOthersAskFor() throws Exception {
    Site site = new Site(folder, processes);
    site.file(
        "conf/peal.yaml",
        """
        node: {parts: [publisher, replay], submit: node.sock}
        publisher: {out: ["tcp://127.0.0.1:0"]}
        replay: {in: "tcp://127.0.0.1:0"}
        store: {path: store.db}
        status: {address: '127.0.0.1:0'}
        """);
    PealProcess node = site.start("node", "--config", "conf");
    String replay = node.awaitErr("(replay)").replaceAll(".*(tcp://\\S+) \\(replay\\).*", "$1");
    String pages = node.awaitErr("status: listening on").replaceAll(".*(http://\\S+).*", "$1");
    site.run("one\ntwo\n", "logger", "--config", "conf").assertExit(0);
    site.run("", "replay", "--config", "conf", "--from", replay, "--seq", "1:2").assertExit(0);
    // An answer is counted after it was given.
    String given = "peal_replay_messages_total{part=\"replay\"} 2.0";
    await().until(() -> get(pages, "/metrics").lines().anyMatch(given::equals));
    assertThat(get(pages, "/metrics").lines())
        .contains(
            "peal_replay_refused_total{part=\"replay\"} 0.0",
            "peal_replay_failed_total{part=\"replay\"} 0.0")
        .anyMatch(line -> line.matches("peal_replay_questions_total.* [1-9][0-9.]*"))
        .contains("# HELP peal_replay_messages_total messages that were given again");
  }

  @Test
  void shouldSayThatNobodyAnswers() throws Exception {
    PealProcess status = new Site(folder, processes).run("", "status", "--address", "127.0.0.1:1");
    status.assertExit(69);
    assertThat(status.err()).anyMatch(line -> line.contains("no node answers at 127.0.0.1:1"));
  }
}
