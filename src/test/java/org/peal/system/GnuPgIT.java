package org.peal.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.GnuPg;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** Commands configured for GnuPG, and the real {@code gpg}. */
class GnuPgIT {

  private static final String MESSAGE =
      "{\"topic\":\"org.fedoraproject.dev.a.b\",\"msg\":{\"a\":1},\"timestamp\":1}\n";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();
  private final GnuPg gpg = new GnuPg();
  private Site site;
  private String key;

  @BeforeEach
  void makeSite() {
    site = new Site(folder, processes);
    key = gpg.makeKey("Ann <ann@example.org>", "ed25519", "sign", "0");
    gpg.export(folder.resolve("ring.gpg"));
    gpg.exportSecret(folder.resolve("ann.sec"));
    site.file(
        "gpg.yaml",
        """
        crypto:
          schemes: [gpg]
          backend: gpg
          gpg: {keyring: ring.gpg, secret-key: ann.sec, signing-key: ann@example.org}
        """);
  }

  @AfterEach
  void endAgent() {
    gpg.close();
  }

  @Test
  void shouldSignWhatGpgAndVerifyAccept() {
    PealProcess signed = site.run(MESSAGE, "sign", "--config", "gpg.yaml");
    signed.assertExit(0);
    JsonNode message = LoggerIT.json(signed.out().get(0));
    byte[] signature = Base64.getDecoder().decode(message.path("signature").asText());
    assertThat(gpg.verify(signature, "{\"a\":1}".getBytes(UTF_8))).isTrue();

    PealProcess verified = site.run(signed.out().get(0), "verify", "--config", "gpg.yaml");
    verified.assertExit(0);
    assertThat(verified.out()).containsExactly("{\"valid\":true,\"signer\":\"" + key + "\"}");
    assertThat(verified.err()).isEmpty();
  }

  @Test
  void shouldRefuseTheSchemeUnlessItIsAllowed() {
    PealProcess signed = site.run(MESSAGE, "sign", "--config", "gpg.yaml");

    PealProcess verified = site.run(signed.out().get(0), "verify", "--ca", "ca.crt");
    verified.assertExit(77);
    assertThat(verified.out().get(0)).contains("SCHEME_REFUSED");
  }

  @Test
  void shouldSendFromLoggerToTail() {
    Site.Relay relay = site.relay();
    PealProcess tail =
        site.start("tail", "--connect", relay.out(), "--config", "gpg.yaml", "--output", "full");
    tail.awaitErr("connected to " + relay.out());

    site.run("", "logger", "--endpoint", relay.in(), "--message", "hello", "--config", "gpg.yaml")
        .assertExit(0);
    JsonNode facts = LoggerIT.json(tail.awaitOut("hello")).path("peal");
    assertThat(facts.path("signer").asText()).isEqualTo(key);
    assertThat(facts.path("covers").asText()).isEqualTo("body");
  }
}
