package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.peal.ExitCode;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

/** The part of the demo in which a subscriber is killed and misses nothing. */
final class ResumeDemo {

  private static final String NAME = "demo.host";
  private static final String FIRST = "tagged into f42";
  private static final List<String> MISSED = List.of("bash for f43", "fish for f43");

  private final DemoStage stage;
  private final Path folder;
  private final Path site;
  private final String signer;

  /** Makes it; {@code folder} holds the authority and the key pair of {@code signer}. */
  ResumeDemo(DemoStage stage, Path folder, String signer) {
    this.stage = stage;
    this.folder = folder;
    this.site = folder.resolve("site");
    this.signer = signer;
  }

  void show() throws Exception {
    stage.step("a node that keeps a log of what it accepts, and a durable subscriber");
    configure();
    try (ChildProcess node = stage.start("node", "--config", site.toString())) {
      list(node);
      try (ChildProcess tail = tail()) {
        tail.awaitErr("connected to", DemoStage.PATIENCE);
        log(FIRST);
        arrived(tail, FIRST);
        showCursor();
      }
      stage.step("the subscriber is killed, and messages go on");
      for (String text : MISSED) {
        log(text);
      }
      stage.step("the subscriber is back: what it missed comes from the log of the node");
      try (ChildProcess tail = tail()) {
        for (String text : MISSED) {
          arrived(tail, text);
        }
      }
      node.terminate();
    }
  }

  private void configure() throws IOException {
    Files.createDirectories(site.resolve("endpoints.d"));
    Files.writeString(
        site.resolve("peal.yaml"),
        """
        node: {name: %s, parts: [publisher, replay], submit: %s}
        publisher: {out: 'tcp://127.0.0.1:0'}
        replay: {in: 'tcp://127.0.0.1:0'}
        store: {path: %s}
        status: {address: none}
        crypto: {sign: true, ca: %s, crl: %s, directory: %s, certnames: {shell: %s}}
        """
            .formatted(
                NAME,
                folder.resolve("submit.sock"),
                folder.resolve("store.db"),
                folder.resolve("ca.crt"),
                folder.resolve("crl.pem"),
                folder,
                signer));
  }

  /** Tells subscribers where the node publishes, and where its log is asked. */
  private void list(ChildProcess node) throws Exception {
    String publishes = DemoStage.address(node);
    DemoStage.address(node); // the socket for drafts
    String replays = DemoStage.address(node);
    Files.writeString(
        site.resolve("endpoints.d").resolve("demo.yaml"),
        "endpoints: {%s: %s}%nreplay_endpoints: {%s: %s}%n"
            .formatted(NAME, publishes, NAME, replays));
  }

  private ChildProcess tail() throws IOException {
    return stage.start("tail", "--config", site.toString(), "--durable", "demo");
  }

  private void log(String text) throws Exception {
    try (ChildProcess logger =
        stage.start("logger", "--config", site.toString(), "--message", text)) {
      logger.awaitEnd(DemoStage.PATIENCE);
    }
  }

  /** Shows how far the subscriber got; its note of that is in a file by the time this is read. */
  private void showCursor() throws Exception {
    try (ChildProcess list = stage.start("cursor", "--config", site.toString(), "list")) {
      list.awaitEnd(DemoStage.PATIENCE);
      stage.line("  " + list.awaitOut(DemoStage.PATIENCE));
      stage.line("  " + list.awaitOut(DemoStage.PATIENCE));
    }
  }

  private void arrived(ChildProcess tail, String expected) throws InterruptedException {
    JsonNode envelope = next(tail);
    if (text(envelope).equals(FIRST) && !expected.equals(FIRST)) {
      stage.line("  shown again, because it was killed before it had noted that it was shown:");
      stage.line("           " + envelope.path("seq_id").asText() + " \"" + FIRST + "\"");
      envelope = next(tail);
    }
    if (!text(envelope).equals(expected)) {
      throw new CommandException(
          ExitCode.INTERNAL, "\"" + expected + "\" should have come, not: " + text(envelope));
    }
    stage.good("arrived: ", envelope.path("seq_id").asText() + " \"" + expected + "\"");
  }

  private static JsonNode next(ChildProcess tail) throws InterruptedException {
    byte[] line = tail.awaitOut(DemoStage.PATIENCE).getBytes(StandardCharsets.UTF_8);
    return StrictJson.parse(line, JsonLimits.DEFAULT);
  }

  private static String text(JsonNode envelope) {
    return envelope.path("msg").path("log").asText();
  }
}
