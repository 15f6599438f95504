package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;

/** {@code peal check} and {@code fedmsg-check}, with a hub that Python plays. */
class CheckIT {

  private static final String REPORT =
      "{\"consumers\": [{\"name\": \"badges\", \"initialized\": true, \"backlog\": 3},"
          + " {\"name\": \"stuck\", \"initialized\": false, \"backlog\": null}],"
          + " \"producers\": [{\"name\": \"monitor\", \"initialized\": true}]}";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private Site site;

  @BeforeAll
  static void requirePython() {
    PythonPeer.assumeInstalled();
  }

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
  }

  private String hub(String report) {
    PythonPeer hub = processes.python("report", "--bind", "tcp://127.0.0.1:*");
    hub.writeLine(report);
    hub.closeInput();
    return hub.awaitListening();
  }

  private PealProcess ends(int status, String program, String... args) {
    PealProcess process = site.startProgram(program, args);
    process.closeInput();
    process.assertExit(status);
    return process;
  }

  private static String err(PealProcess process) {
    return String.join("\n", process.err());
  }

  @Test
  void shouldReadReportsOfOneFrame() {
    String hub = hub(REPORT);
    PealProcess good =
        ends(
            0,
            "peal",
            "check",
            "--connect",
            hub,
            "-c",
            "badges",
            "-p",
            "monitor",
            "--timeout",
            "60");
    assertThat(LoggerIT.json(String.join("\n", good.out()))).isEqualTo(LoggerIT.json(REPORT));
    assertThat(good.out().get(1)).isEqualTo("  \"consumers\": [");
    assertThat(err(good)).contains("all named consumers and producers run");

    PealProcess bad =
        ends(1, "peal", "check", "--connect", hub, "-c", "stuck,badges", "--consumer", "stuck");
    assertThat(err(bad))
        .contains("no consumer \"stuck,badges\" runs", "consumer \"stuck\" is not initialized");
    assertThat(bad.out()).isEmpty();
  }

  @Test
  void shouldRefuseWhatIsNoReport() {
    PealProcess process = ends(65, "peal", "check", "--connect", hub("[1]"), "--timeout", "60");
    assertThat(err(process)).contains("a report must be an object with a list \"consumers\"");
  }

  @Test
  void shouldSayWhyNothingCame() throws IOException {
    assertThat(
            err(ends(69, "peal", "check", "--connect", LoggerIT.unusedAddress(), "--timeout", "1")))
        .contains("within 1 s", "moksha.monitoring.socket");
    assertThat(err(ends(69, "peal", "check", "--connect", "ipc:///var/run/moksha/monitor")))
        .contains("cannot be read by Peal", "tcp://127.0.0.1:PORT");
    assertThat(err(ends(78, "peal", "check"))).contains("set monitoring.socket");
  }

  @Test
  void alias_takesTheConfigurationAndTheNumbersOfTheOriginal() {
    site.file(
        "fedmsg.json",
        "{\"topic_prefix\": \"org.x\", \"moksha.monitoring.socket\": \"" + hub(REPORT) + "\"}");
    PealProcess good =
        ends(0, "fedmsg-check", "--config", "fedmsg.json", "-c", "badges", "--timeout", "60");
    assertThat(good.out().get(0)).isEqualTo("all named consumers and producers run");
    assertThat(good.out()).contains("      \"name\": \"badges\"");
    ends(1, "fedmsg-check", "--config", "fedmsg.json", "-p", "nobody", "--timeout", "60");
    ends(1, "fedmsg-check");
    ends(2, "fedmsg-check", "--bogus");
  }
}
