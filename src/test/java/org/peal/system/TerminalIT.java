package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.Processes;

/** What people see: commands on a terminal of 80 columns, by tmux. */
class TerminalIT {

  private static final String TOPIC = "org.fedoraproject.dev.logger.log";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
    Shell probe = site.shell("command -v tmux");
    assumeTrue(probe.awaitExit() == 0, "tmux is not installed");
  }

  @AfterEach
  void endTerminal() {
    tmux("kill-server").awaitExit();
  }

  private Shell tmux(String command) {
    return site.shell("env -u TMUX tmux -S socket -f /dev/null " + command);
  }

  private void open(String command) {
    tmux("new-session -d -x 80 -y 24 \"" + command + "; echo ended with \\$?; cat\"").assertExit(0);
  }

  private List<String> screen(String options) {
    Shell capture = tmux("capture-pane -p " + options);
    capture.awaitExit();
    return capture.out();
  }

  private void awaitScreen(String text) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(screen("-J")).anyMatch(line -> line.contains(text)));
  }

  @Test
  void shouldShowOneColouredLineForEachMessage() {
    try (Publisher publisher = Publisher.bound()) {
      open("peal tail --connect " + publisher.address() + " --ca ca.crt --invalid mark");
      publisher.awaitSubscriptions(1);
      publisher.sendSigned(site.pair("ann", Site.ANN), TOPIC, "signed");
      publisher.send(TOPIC, Publisher.message(TOPIC, "\u001b[31mforged").toString());
      awaitScreen("[INVALID UNSIGNED: ");
      assertThat(screen("-J"))
          .anyMatch(
              line ->
                  line.matches(
                      "\\d\\d:\\d\\d:\\d\\d "
                          + TOPIC
                          + " signed \\(tester\\) \\[signed by ann\\] *"))
          .anyMatch(line -> line.contains(" \\u001b[31mforged (tester) [INVALID UNSIGNED: "));
      assertThat(screen("-J -e"))
          .anyMatch(
              line -> line.contains("\u001b[36m" + TOPIC) && line.contains("\u001b[32m[signed"))
          .anyMatch(line -> line.contains("\u001b[1m\u001b[31m[INVALID"));
    }
  }

  @Test
  void shouldShowNoColoursWhenNotWanted() {
    try (Publisher publisher = Publisher.bound()) {
      open("NO_COLOR=1 peal tail --connect " + publisher.address());
      publisher.awaitSubscriptions(1);
      publisher.send(TOPIC, Publisher.message(TOPIC, "plain").toString());
      awaitScreen("plain (tester) [not verified]");
      assertThat(screen("-e")).noneMatch(line -> line.contains("\u001b["));
    }
  }

  @Test
  void shouldHintWhenReadingFromTheTerminal() {
    open("peal canonical");
    awaitScreen("peal canonical: reading from the terminal, end with Ctrl-D");
    tmux("send-keys '[ 1 ]' Enter C-d").assertExit(0);
    awaitScreen("ended with 0");
    assertThat(screen("")).contains("[1]");
  }

  @Test
  void shouldEndOnCtrlC() {
    try (Publisher publisher = Publisher.bound()) {
      open("peal tail --connect " + publisher.address());
      publisher.awaitSubscriptions(1);
      tmux("send-keys C-c").assertExit(0);
      awaitScreen("ended with 130");
    }
  }
}
