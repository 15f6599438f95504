package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peal.bus.amqp.AmqpConfig;
import org.peal.bus.amqp.AmqpTlsConfig;
import org.peal.config.TestBinding;

class BrokerLoginTest {

  record Root(AmqpConfig amqp) {}

  private static AmqpConfig read(BrokerLogin login) {
    String yaml =
        "amqp:\n  amqp-url: %s\n  tls: %s\n".formatted(login.urlAsYaml(), login.tlsAsYaml());
    return TestBinding.bind(Root.class, yaml).amqp();
  }

  @Test
  void asYaml_wordsWithQuotesAndSigns_areReadAsTheyWere() {
    AmqpTlsConfig tls =
        new AmqpTlsConfig(
            Optional.of(Path.of("/a b/it's: ca.pem")),
            Optional.of(Path.of("/c/\"own\".crt")),
            Optional.of(Path.of("/c/own.key")));
    AmqpConfig read = read(new BrokerLogin("amqps://me:it's%22@broker/x", tls));
    assertThat(read.amqpUrl().user()).isEqualTo("me");
    assertThat(read.tls()).isEqualTo(tls);
  }

  @Test
  void asYaml_withoutFiles_trustsTheAuthoritiesOfTheSystem() {
    AmqpConfig read = read(BrokerLogin.of("amqp://guest:guest@127.0.0.1:1/"));
    assertThat(read.amqpUrl().port()).isEqualTo(1);
    assertThat(read.tls().caCert()).isEmpty();
  }
}
