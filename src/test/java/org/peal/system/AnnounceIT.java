package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** {@code peal announce} and its alias as processes. */
class AnnounceIT {

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
  }

  private static void announce(PealProcess process, String text) {
    process.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    process.finish(0);
  }

  @Test
  void shouldPublishWhatTheOriginalPublishes() {
    Site.Relay relay = site.relay();
    PealProcess tail =
        site.start("tail", "--connect", relay.out(), "--no-validate", "--count", "3");
    tail.awaitErr("connected to ");
    String[] to = {"--endpoint", relay.in(), "--no-sign"};
    announce(
        site.start("announce", to[0], to[1], to[2], "--link", "https://x.example/?a=1&b=2"),
        "  down until noon\t\r\n\n it's \"over\" $(id) \n");
    announce(site.start("announce", to[0], to[1], to[2]), "plain");
    announce(site.startProgram("fedmsg-announce", to[0], to[1], to[2]), "");
    tail.assertExit(0);
    JsonNode first = LoggerIT.json(tail.out().get(0));
    assertThat(first.path("topic").asText())
        .isEqualTo("org.fedoraproject.dev.announce.announcement");
    assertThat(first.path("msg").toString())
        .isEqualTo(
            "{\"link\":\"https://x.example/?a=1&b=2\","
                + "\"message\":\"down until noon\\n\\nit's \\\"over\\\" $(id)\"}");
    assertThat(LoggerIT.json(tail.out().get(1)).path("msg").toString())
        .isEqualTo("{\"link\":null,\"message\":\"plain\"}");
    assertThat(LoggerIT.json(tail.out().get(2)).at("/msg/message").asText()).isEmpty();
  }

  @Test
  void shouldSignWithItsOwnKeyPair() {
    Site.Relay relay = site.relay();
    PealProcess tail =
        site.start(
            "tail", "--connect", relay.out(), "--ca", "ca.crt", "--count", "1", "--output", "full");
    tail.awaitErr("connected to ");
    site.pair(".config/peal/certs/announce-" + shortHost(), Site.BOB);
    PealProcess announce = site.start("announce", "--endpoint", relay.in());
    announce(announce, "signed");
    assertThat(announce.err()).containsExactly(Site.unconfirmed("announce", relay.in()));
    tail.assertExit(0);
    assertThat(LoggerIT.json(tail.out().get(0)).at("/peal/signer").asText()).isEqualTo("bob");
  }

  private String shortHost() {
    Shell shell = site.shell("cut -d. -f1 /proc/sys/kernel/hostname");
    shell.assertExit(0);
    return shell.out().get(0);
  }

  @Test
  void shouldSayThatNobodyListens() throws Exception {
    String nobody = LoggerIT.unusedAddress();
    PealProcess ours = site.start("announce", "--endpoint", nobody, "--timeout", "0.5");
    ours.write("x".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    ours.finish(75);
    PealProcess alias =
        site.startProgram("fedmsg-announce", "--endpoint", nobody, "--timeout", "0.5");
    alias.finish(0);
    assertThat(alias.err()).anyMatch(line -> line.contains("nobody listens"));
  }
}
