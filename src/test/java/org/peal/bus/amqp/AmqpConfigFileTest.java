package org.peal.bus.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.config.ConfigException;
import org.peal.config.ConfigSources;
import org.peal.config.Configuration;

class AmqpConfigFileTest {

  /** As much of a {@link Record} with the section as a test needs. */
  record Root(AmqpConfig amqp) {}

  @TempDir Path folder;

  @Test
  void translate_wholeTomlFile_meansTheSameInPeal() throws IOException {
    AmqpConfig config =
        read(
            "fm.toml",
            """
            amqp_url = "amqps://me@broker.example.org/%2Fpubsub"
            passive_declares = true
            publish_exchange = "zmq.topic"
            topic_prefix = "org.fedoraproject.prod."
            publish_priority = 3
            callback = "module:object"
            [tls]
            ca_cert = "ca.pem"
            certfile = "/etc/pki/me.pem"
            keyfile = "/etc/pki/me.key"
            [client_properties]
            app = "Example"
            app_contacts_email = ["a@example.org"]
            [exchanges."amq.topic"]
            type = "topic"
            [queues.mine]
            durable = true
            auto_delete = false
            exclusive = false
            arguments = {x-message-ttl = 60000}
            [[bindings]]
            queue = "mine"
            exchange = "amq.topic"
            routing_keys = ["a.#", "b"]
            [[bindings]]
            queue = "mine"
            exchange = "zmq.topic"
            routing_keys = ["#"]
            [qos]
            prefetch_size = 0
            prefetch_count = 25
            [consumer_config]
            some_key = "kept"
            [log_config]
            version = 1
            """);

    assertThat(config.amqpUrl().virtualHost()).isEqualTo("/pubsub");
    assertThat(config.passiveDeclares()).isTrue();
    assertThat(config.publishExchange()).isEqualTo("zmq.topic");
    assertThat(config.publishPriority()).contains(3);
    assertThat(config.fullTopic("a.b")).isEqualTo("org.fedoraproject.prod.a.b");
    assertThat(config.tls())
        .isEqualTo(
            new AmqpTlsConfig(
                Optional.of(folder.resolve("ca.pem")),
                Optional.of(Path.of("/etc/pki/me.pem")),
                Optional.of(Path.of("/etc/pki/me.key"))));
    assertThat(config.introduction().path("app").textValue()).isEqualTo("Example");
    QueueTerms mine = config.queues().queues().get("mine");
    assertThat(mine.durable()).isTrue();
    assertThat(mine.autoDelete()).isFalse();
    assertThat(mine.arguments().path("x-message-ttl").intValue()).isEqualTo(60_000);
    assertThat(config.bindings().bindings())
        .containsExactly(
            new Binding("mine", "amq.topic", List.of("a.#", "b")),
            new Binding("mine", "zmq.topic", List.of("#")));
    assertThat(config.qos().prefetch()).isEqualTo(25);
    assertThat(config.consumerConfig().tree().path("some_key").textValue()).isEqualTo("kept");
  }

  @Test
  void translate_partialTables_areFilledUp() throws IOException {
    AmqpConfig config =
        read(
            "fm.toml",
            """
            [tls]
            ca_cert = "ca.pem"
            [qos]
            prefetch_count = 1
            [queues.mine]
            durable = true
            [[bindings]]
            routing_keys = ["a"]
            """);

    assertThat(config.tls().certfile()).isEmpty();
    assertThat(config.qos().prefetch()).isEqualTo(1);
    assertThat(config.queues().queues().get("mine").exclusive()).isFalse();
    assertThat(config.queues().queues().get("mine").autoDelete()).isFalse();
    assertThat(config.bindings().bindings())
        .containsExactly(new Binding("", "amq.topic", List.of("a")));
  }

  @Test
  void translate_sectionOfYaml_takesEitherSpelling() throws IOException {
    AmqpConfig config =
        read(
            "peal.yaml",
            """
            amqp:
              amqp_url: amqp://one.example.org
              publish-exchange: other
              queues:
                work: {quorum: true}
              bindings:
                queue: work
                routing_keys: a.b
            """);

    assertThat(config.amqpUrl().host()).isEqualTo("one.example.org");
    assertThat(config.publishExchange()).isEqualTo("other");
    QueueTerms work = config.queues().queues().get("work");
    assertThat(work.durable()).isTrue();
    assertThat(work.exclusive()).isFalse();
    assertThat(work.arguments().path("x-queue-type").textValue()).isEqualTo("quorum");
    assertThat(config.bindings().bindings())
        .containsExactly(new Binding("work", "amq.topic", List.of("a.b")));
  }

  @Test
  void translate_unknownKey_isAProblemWithItsFile() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read("fm.toml", "amqp_ur = \"amqp://\""))
        .withMessageContaining("fm.toml")
        .withMessageContaining("did you mean \"amqp-url\"?");
  }

  @Test
  void translate_unknownKeyOfAQueue_isAProblem() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read("fm.toml", "[queues.q]\ndurabel = true"))
        .withMessageContaining("amqp.queues: unknown key of a queue: durabel");
  }

  @Test
  void translate_brokenToml_isAProblemWithItsLine() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read("fm.toml", "a = 1\nb = ="))
        .withMessageContaining("fm.toml:2:");
  }

  private AmqpConfig read(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    ConfigSources sources =
        ConfigSources.of(file, Map.of(), folder).translatedBy(AmqpConfigFile::translate);
    return Configuration.load(sources).bind(Root.class).amqp();
  }
}
