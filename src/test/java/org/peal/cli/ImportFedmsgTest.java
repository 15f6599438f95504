package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.cli.InProcess.Result;

/** {@code peal config import-fedmsg}. */
class ImportFedmsgTest {

  private static final String DUMP =
      """
      {
        "topic_prefix": "org.example", "environment": "stg", "io_threads": 1,
        "high_water_mark": 500, "zmq_linger": 1000, "post_init_sleep": 0.5,
        "relay_inbound": ["tcp://127.0.0.1:2003"],
        "endpoints": {
          "relay_outbound": ["tcp://127.0.0.1:4001"],
          "bodhi.app01": ["tcp://app01.example.org:3000", "tcp://app01.example.org:3001"]
        },
        "srv_endpoints": ["example.org"], "replay_endpoints": {},
        "sign_messages": null, "validate_signatures": false, "routing_nitpicky": true,
        "routing_policy": {"org.example.stg.bodhi.update": ["bodhi-app01", "it's \\"b\\": #\\\\"]},
        "certnames": {"shell.app01": "shell-app01.example.org"},
        "ssldir": "pki/../pki", "ca_cert_location": "/etc/pki/ca.crt", "crl_location": null,
        "fedmsg.consumers.gateway.port": 9941, "moksha.monitoring.socket": "ipc:///x",
        "irc": [{"password": "secret"}], "my\\nkey": 1
      }
      """;

  @TempDir Path folder;
  private InProcess peal;

  @BeforeEach
  void writeDump() throws IOException {
    peal = InProcess.in(folder);
    Files.writeString(folder.resolve("fedmsg.json"), DUMP);
  }

  private String settings(String config) {
    Result result = peal.run("config", "show", "--config", config);
    assertThat(result.status()).as(result.err()).isZero();
    return result.out();
  }

  @Test
  void import_dump_meansTheSame() {
    Result result = peal.run("config", "import-fedmsg", "fedmsg.json");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(settings("peal"))
        .isEqualTo(
            settings("fedmsg.json")
                .replace(
                    "crypto.policy: " + folder.resolve("fedmsg.json"),
                    "crypto.policy: " + folder.resolve("peal/policy.yaml"))
                .replace(
                    "endpoints.directory: " + folder.resolve("fedmsg.json"), "endpoints.directory:")
                .replace("pki/../pki", "pki"));
    assertThat(peal.run("config", "check", "--config", "peal").status()).isZero();
  }

  @Test
  void import_dump_keepsAddressesAndPolicy() throws IOException {
    peal.run("config", "import-fedmsg", "fedmsg.json", "--into", "a/b");
    assertThat(folder.resolve("a/b/endpoints.d/fedmsg.yaml"))
        .content()
        .contains("  \"bodhi.app01\":\n    - \"tcp://app01.example.org:3000\"\n", "example.org")
        .doesNotContain("replay_endpoints");
    assertThat(folder.resolve("a/b/policy.yaml"))
        .content()
        .contains("\"org.example.stg.bodhi.update\":\n", "  - \"it's \\\"b\\\": #\\\\\"\n");
  }

  @Test
  void import_keysWithoutCounterpart_areListedWithoutTheirValues() throws IOException {
    Result result = peal.run("config", "import-fedmsg", "fedmsg.json");
    assertThat(result.out().lines())
        .containsExactly(
            "io_threads: there is one loop for all sockets",
            "post_init_sleep: Peal waits for a subscription instead of sleeping",
            "irc: Peal has no IRC bot",
            "my key: no key of fedmsg itself: another program's");
    String written = Files.readString(folder.resolve("peal/peal.yaml"));
    assertThat(written)
        .contains("# irc: Peal has no IRC bot\n", "# Not carried over:\n", "  # First segments of")
        .doesNotContain("secret");
    assertThat(written.lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void import_existingFile_isNeverOverwritten() throws IOException {
    Files.createDirectories(folder.resolve("peal"));
    Files.writeString(folder.resolve("peal/policy.yaml"), "mine");
    Result result = peal.run("config", "import-fedmsg", "fedmsg.json");
    assertThat(result.status()).isEqualTo(73);
    assertThat(result.err()).contains("peal/policy.yaml exists and is not overwritten");
    assertThat(folder.resolve("peal/policy.yaml")).content().isEqualTo("mine");
    assertThat(folder.resolve("peal/peal.yaml")).doesNotExist();
  }

  @Test
  void import_addressThatCannotBe_isToldBeforeAnythingIsWritten() throws IOException {
    for (String wrong :
        List.of("\"endpoints\": {\"a\": \"nowhere\"}", "\"relay_inbound\": \"x\"")) {
      Files.writeString(folder.resolve("wrong.json"), "{\"io_threads\": 1, " + wrong + "}");
      Result result = peal.run("config", "import-fedmsg", "wrong.json");
      assertThat(result.status()).as(wrong).isEqualTo(78);
      assertThat(result.err()).contains("wrong.json:1:");
      assertThat(folder.resolve("peal")).doesNotExist();
    }
  }
}
