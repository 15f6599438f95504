package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigExplainTest {

  @TempDir Path folder;

  @Test
  void explain_setting_tellsMeaningValueAndOrigin() throws Exception {
    Files.writeString(folder.resolve("peal.yaml"), "zmq:\n  high-water-mark: 5\n");
    InProcess.Result run =
        InProcess.in(folder)
            .run("config", "explain", "zmq.high-water-mark", "--config", folder.toString());
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains(
            "default:     1000", "PEAL_ZMQ__HIGH_WATER_MARK", "now:         5", "peal.yaml:2");
  }

  @Test
  void explain_section_tellsAllOfIt() {
    InProcess.Result run = InProcess.in(folder).run("config", "explain", "relay");
    assertThat(run.out()).contains("relay.in", "relay.out").doesNotContain("zmq.");
  }

  @Test
  void explain_unknownKey_suggests() {
    InProcess.Result run = InProcess.in(folder).run("config", "explain", "crypto.cl");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("crypto.cl").contains("crypto.c");
  }

  @Test
  void show_certificatesBesideTheConfiguration_areShown() throws Exception {
    Files.createDirectories(folder.resolve("certs"));
    Files.writeString(folder.resolve("certs/ca.crt"), "");
    InProcess.Result run =
        InProcess.in(folder).run("config", "show", "--origin", "--config", folder.toString());
    assertThat(run.out()).contains("crypto.ca: " + folder.resolve("certs/ca.crt"));
  }
}
