package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.cli.InProcess.Result;

/** fedora-messaging's own file: which commands look at it, and how it becomes Peal's. */
class FedoraMessagingConfTest {

  private static final String TOML =
      """
      amqp_url = "amqps://ann:secret@broker.example.org/%2Fpubsub?heartbeat=30"
      topic_prefix = "org.example.stg"
      passive_declares = true
      callback = "example:callback"
      [consumer_config]
      token = "secret too"
      [tls]
      ca_cert = "pki/ca.pem"
      keyfile = "/etc/pki/ann.key"
      certfile = "pki/../ann.crt"
      [qos]
      prefetch_size = 0
      prefetch_count = 25
      [queues."my queue"]
      durable = true
      auto_delete = false
      exclusive = false
      arguments = {x-message-ttl = 5000}
      [[bindings]]
      queue = "my queue"
      exchange = "amq.topic"
      routing_keys = ["org.example.#", "#.\\"odd\\""]
      [log_config]
      version = 1
      [monitoring]
      port = 8000
      """;

  @TempDir Path folder;
  private InProcess peal;

  @BeforeEach
  void writeFile() throws IOException {
    peal = InProcess.in(folder).variable("FEDORA_MESSAGING_CONF", "fm.toml");
    Files.writeString(folder.resolve("fm.toml"), TOML);
  }

  private String show(InProcess from, String config) {
    Result result = from.run("config", "show", "--config", config);
    assertThat(result.status()).as(result.err()).isZero();
    return result.out();
  }

  private void write(String config) throws IOException {
    Files.writeString(folder.resolve("peal.yaml"), config);
  }

  @Test
  void node_onAmqp_takesTheFileThatTheVariableNames() throws IOException {
    for (String how :
        new String[] {
          "node: {parts: [bridge]}",
          "node: {parts: [amqp-publisher]}",
          "node: {parts: [handlers]}\nhandlers: {log: {bus: amqp}}",
          "node: {parts: [handlers]}\nhandlers: {log: {publish-on: amqp}}"
        }) {
      write(how + "\namqp: {topic-prefix: mine, publish-priority: 3}\n");
      assertThat(show(peal, "peal.yaml"))
          .as(how)
          .contains("amqp.topic-prefix: org.example.stg\n", "amqp.publish-priority: 3\n");
    }
  }

  @Test
  void node_withoutAmqp_doesNotLookAtIt() throws IOException {
    write("node: {parts: [relay, handlers]}\nhandlers: {log: {}}\namqp: {topic-prefix: mine}\n");
    assertThat(show(peal, "peal.yaml")).contains("amqp.topic-prefix: mine\n");
    InProcess missing = peal.variable("FEDORA_MESSAGING_CONF", "nowhere.toml");
    assertThat(show(missing, "peal.yaml")).contains("amqp.topic-prefix: mine\n");
  }

  @Test
  void longRunningCommand_namedFileThatIsMissing_isAMistake() throws IOException {
    InProcess missing = peal.variable("FEDORA_MESSAGING_CONF", "nowhere.toml");
    write("node: {parts: [bridge]}\nhandlers: {log: {bus: amqp}}\n");
    for (String command : new String[] {"node", "run log", "run log --bus amqp", "bridge run"}) {
      Result result = missing.run((command + " --config peal.yaml").split(" "));
      assertThat(result.status()).as(command).isEqualTo(2);
      assertThat(result.err()).contains("FEDORA_MESSAGING_CONF: no such file: nowhere.toml");
    }
    for (String command : new String[] {"doctor", "config check", "migration status"}) {
      assertThat(missing.run((command + " --config peal.yaml").split(" ")).status())
          .as(command)
          .isEqualTo(2);
    }
  }

  @Test
  void import_file_meansTheSame() throws IOException {
    Result result = peal.run("config", "import-fedora-messaging", "fm.toml", "--into", "site");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out().lines())
        .containsExactlyInAnyOrder(
            "callback: Python is not run: write a handler, see docs/handlers.md",
            "consumer_config: a handler has its own settings, in handlers.NAME.settings",
            "log_config: the log goes to standard error",
            "monitoring: Peal has status pages of its own: set status.address");
    InProcess plain = InProcess.in(folder);
    assertThat(show(plain, "site"))
        .isEqualTo(
            show(plain, "fm.toml")
                .replace("pki/../ann.crt", "ann.crt")
                .replace("amqp.callback: example:callback", "amqp.callback:")
                .replaceAll("amqp.consumer-config: .*", "amqp.consumer-config: {}"));
    String written = Files.readString(folder.resolve("site/peal.yaml"));
    assertThat(written)
        .contains("# Made by peal config import-fedora-messaging from fm.toml.\n")
        .contains("# callback: Python is not run", folder.resolve("pki/ca.pem").toString())
        .doesNotContain("secret too");
  }

  @Test
  void import_fileInUse_isTheOneOfTheVariable() {
    assertThat(peal.run("config", "import-fedora-messaging").status()).isZero();
    assertThat(folder.resolve("peal/peal.yaml")).content().contains("org.example.stg");
    Result again = peal.run("config", "import-fedora-messaging");
    assertThat(again.status()).isEqualTo(73);
  }

  @Test
  void import_fileThatCannotBe_isToldBeforeAnythingIsWritten() throws IOException {
    Files.writeString(folder.resolve("wrong.toml"), "amqp_url = \"http://example.org\"\n");
    Files.writeString(folder.resolve("unknown.toml"), "unknown_key = 1\n");
    Files.writeString(folder.resolve("fm.yaml"), "amqp-url: amqp://\n");
    for (String name : new String[] {"wrong.toml", "unknown.toml", "fm.yaml"}) {
      Result result = peal.run("config", "import-fedora-messaging", name);
      assertThat(result.status()).as(name).isEqualTo(78);
      assertThat(result.err()).contains(name);
      assertThat(folder.resolve("peal")).doesNotExist();
    }
  }
}
