package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.peal.ExitCode;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

/** The part of the demo in which a subscriber is killed and misses nothing. */
final class ResumeDemo {

  private static final String FIRST = "tagged into f42";
  private static final List<String> MISSED = List.of("bash for f43", "fish for f43");

  private final DemoStage stage;
  private final DemoSite site;

  /** Makes it; {@code folder} holds the authority and the key pair of {@code signer}. */
  ResumeDemo(DemoStage stage, Path folder, String signer) {
    this.stage = stage;
    this.site = new DemoSite(folder, "site", signer);
  }

  void show() throws Exception {
    stage.step("a node that keeps a log of what it accepts, and a durable subscriber");
    site.configure("", "");
    try (ChildProcess node = stage.start("node", "--config", site.folder().toString())) {
      site.announce(node);
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

  private ChildProcess tail() throws IOException {
    return stage.start("tail", "--config", site.folder().toString(), "--durable", "demo");
  }

  private void log(String text) throws Exception {
    try (ChildProcess logger =
        stage.start("logger", "--config", site.folder().toString(), "--message", text)) {
      logger.awaitEnd(DemoStage.PATIENCE);
    }
  }

  /** Shows how far the subscriber got; its note of that is in a file by the time this is read. */
  private void showCursor() throws Exception {
    try (ChildProcess list = stage.start("cursor", "--config", site.folder().toString(), "list")) {
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
