package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peal.config.ConfigEntry;
import org.peal.config.ConfigReference;
import org.peal.config.ConfigSources;
import org.peal.config.Configuration;
import org.peal.config.TestBinding;

class PealConfigTest {

  private static final Path DOCUMENT = Path.of("docs/configuration.md");

  @Test
  void bind_nothing_hasEverySection() {
    assertThat(TestBinding.defaults(PealConfig.class)).hasNoNullFieldsOrProperties();
  }

  @Test
  void origins_nothingSaid_listsEveryKeyAsDefault() {
    Path nowhere = Path.of("/nowhere");
    ConfigSources none = ConfigSources.standard(nowhere, Map.of(), nowhere, nowhere);

    assertThat(Configuration.load(none).origins(PealConfig.class))
        .allMatch(entry -> entry.origin().equals("default"))
        .extracting(ConfigEntry::key)
        .containsExactly(
            "node.name",
            "node.parts",
            "node.submit",
            "node.outbox",
            "topic.prefix",
            "topic.environment",
            "crypto.sign",
            "crypto.validate",
            "crypto.ca",
            "crypto.crl",
            "crypto.crl-grace",
            "crypto.directory",
            "crypto.certnames",
            "crypto.cert-prefix",
            "crypto.policy",
            "crypto.nitpicky",
            "crypto.max-age",
            "crypto.schemes",
            "crypto.backend",
            "crypto.sha256",
            "crypto.elliptic",
            "crypto.gpg.keyring",
            "crypto.gpg.secret-key",
            "crypto.gpg.passphrase-file",
            "crypto.gpg.signing-key",
            "crypto.gpg.sha1",
            "zmq.high-water-mark",
            "zmq.max-message",
            "zmq.linger",
            "relay.in",
            "relay.out",
            "signing-relay.in",
            "signing-relay.out",
            "gateway.out",
            "replay.in",
            "replay.max-messages",
            "replay.max-bytes",
            "replay.max-question",
            "replay.max-clients",
            "replay.max-pending",
            "replay.rate",
            "replay.unsigned-sequence-ids",
            "endpoints.directory",
            "dns.domains",
            "dns.resolver",
            "dns.trust-anchor",
            "dns.refresh-min",
            "dns.refresh-max",
            "sentences.rules",
            "store.path",
            "store.fsync",
            "store.fsync-interval",
            "store.max-size",
            "store.retention.age",
            "store.retention.bytes",
            "store.retention.messages",
            "store.retention.chunk",
            "store.retention.rate",
            "postgresql.url",
            "postgresql.user",
            "postgresql.password-file",
            "lease.duration",
            "lease.away",
            "publisher.out",
            "publisher.store",
            "publisher.in-flight",
            "publisher.in-flight-bytes",
            "publisher.when-full",
            "publisher.patience",
            "publisher.cert-prefixes",
            "status.address",
            "monitoring.socket",
            "streams.quiet-after",
            "streams.patience",
            "streams.held-messages",
            "streams.held-bytes",
            "dedup.window",
            "dedup.assumed-retention",
            "amqp.amqp-url",
            "amqp.passive-declares",
            "amqp.publish-exchange",
            "amqp.publish-priority",
            "amqp.topic-prefix",
            "amqp.exchanges",
            "amqp.queues",
            "amqp.bindings",
            "amqp.qos.prefetch-size",
            "amqp.qos.prefetch-count",
            "amqp.callback",
            "amqp.consumer-config",
            "amqp.client-properties",
            "amqp.tls.ca-cert",
            "amqp.tls.certfile",
            "amqp.tls.keyfile",
            "amqp.mandatory",
            "amqp.window",
            "amqp.publish-timeout",
            "amqp.reconnect-most",
            "amqp.outbox",
            "amqp.end-on-failure",
            "amqp.schemas",
            "bridge.id",
            "bridge.directions",
            "bridge.compat",
            "bridge.onward",
            "bridge.most-age",
            "bridge.to-amqp.exchange",
            "bridge.to-amqp.signatures",
            "bridge.to-amqp.include",
            "bridge.to-amqp.exclude",
            "bridge.to-amqp.alone",
            "bridge.to-amqp.journal",
            "bridge.to-zmq.queue",
            "bridge.to-zmq.exchange",
            "bridge.to-zmq.include",
            "bridge.to-zmq.exclude",
            "bridge.to-zmq.restore-origin");
  }

  @Test
  void reference_committedDocument_isUpToDate() throws IOException {
    String expected = ConfigReference.markdown(PealConfig.class);
    if (Boolean.getBoolean("peal.docs.write")) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, expected);
    }

    assertThat(DOCUMENT)
        .as("write it anew with: mvn test -Dtest=PealConfigTest -Dpeal.docs.write=true")
        .hasContent(expected);
  }
}
