package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peal.bus.zmq.ZmqConfig;
import org.peal.config.ConfigEntry;
import org.peal.config.ConfigSources;
import org.peal.config.Configuration;
import org.peal.config.LoadedConfig;
import org.peal.config.TestBinding;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.EllipticKeys;
import org.peal.crypto.GpgConfig;
import org.peal.crypto.Location;
import org.peal.crypto.Sha256;
import org.peal.endpoint.Endpoint;
import org.peal.endpoint.EndpointFiles;
import org.peal.endpoint.EndpointsConfig;
import org.peal.message.Scheme;
import org.peal.message.TopicConfig;

class FedmsgConfigTest {

  private static final String DUMP =
      """
      {
          "ca_cert_location": "/etc/pki/fedmsg/ca.crt",
          "cert_prefix": "shell",
          "certnames": {
              "shell.host": "shell-host.example.org"
          },
          "crl_location": null,
          "crypto_backend": "x509",
          "endpoints": {
              "relay_outbound": [
                  "tcp://127.0.0.1:4001"
              ]
          },
          "environment": "prod",
          "fedmsg.consumers.gateway.port": 9941,
          "high_water_mark": 0,
          "io_threads": 1,
          "logging": {},
          "relay_inbound": "tcp://127.0.0.1:2003",
          "routing_nitpicky": true,
          "routing_policy": {
              "org.fedoraproject.prod.a.b": [
                  "shell-host.example.org"
              ]
          },
          "sign_messages": true,
          "ssldir": "/etc/pki/fedmsg",
          "topic_prefix": "org.fedoraproject",
          "validate_signatures": true,
          "zmq_linger": 500
      }
      """;

  @TempDir Path folder;

  private LoadedConfig load(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("fedmsg.json"), text);
    return Configuration.load(
        ConfigSources.of(file, Map.of(), folder).translatedBy(FedmsgConfig::translate));
  }

  @Test
  void translate_whatFedmsgConfigPrints_isTheSameSettings() throws IOException {
    Path file = folder.resolve("fedmsg.json");

    PealConfig config = load(DUMP).bind(PealConfig.class);
    assertThat(config.topic()).isEqualTo(new TopicConfig("org.fedoraproject", "prod"));
    assertThat(config.crypto())
        .isEqualTo(
            new CryptoConfig(
                true,
                true,
                Location.of(Path.of("/etc/pki/fedmsg/ca.crt")),
                null,
                Duration.ZERO,
                Path.of("/etc/pki/fedmsg"),
                Map.of("shell.host", "shell-host.example.org"),
                "shell",
                file,
                true,
                null,
                List.of(Scheme.X509),
                Scheme.X509,
                Sha256.OFF,
                EllipticKeys.OFF,
                new GpgConfig(List.of(), null, null, null, false)));
    assertThat(config.zmq()).isEqualTo(new ZmqConfig(1000, 1048576, Duration.ofMillis(500)));
    assertThat(config.relay())
        .isEqualTo(
            new RelayConfig(
                List.of(new Endpoint("127.0.0.1", 2003)),
                List.of(new Endpoint("127.0.0.1", 4001))));
    assertThat(config.gateway()).isEqualTo(new GatewayConfig(new Endpoint("*", 9941)));
    assertThat(config.endpoints()).isEqualTo(new EndpointsConfig(file));
    PealConfig defaults = TestBinding.defaults(PealConfig.class);
    assertThat(config.node()).isEqualTo(defaults.node());
    assertThat(config.dns()).isEqualTo(defaults.dns());
    assertThat(EndpointFiles.read(file).endpoints()).containsOnlyKeys("relay_outbound");
  }

  @Test
  void translate_values_keepTheirPlace() throws IOException {
    assertThat(load(DUMP).origins(PealConfig.class))
        .contains(
            new ConfigEntry("zmq.linger", "500ms", folder.resolve("fedmsg.json") + ":30"),
            new ConfigEntry("topic.environment", "prod", folder.resolve("fedmsg.json") + ":14"));
  }

  @Test
  void translate_ownFile_staysAsItIs() throws IOException {
    assertThat(load("topic: {environment: stg}").bind(PealConfig.class).topic().environment())
        .isEqualTo("stg");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"environment\":\"dev\" | X509 | X509",
        "\"environment\":\"dev\",\"crypto_backend\":\"gpg\" | GPG | GPG",
        "\"environment\":\"dev\",\"crypto_backend\":\"gpg\",\"crypto_validate_backends\":[] | GPG |"
            + " GPG",
        "\"environment\":\"dev\",\"crypto_validate_backends\":[\"gpg\",\"x509\"] | X509 | GPG,X509",
      })
  void translate_schemes_backendIsAcceptedWithoutAList(
      String members, Scheme backend, String schemes) throws IOException {
    CryptoConfig crypto = load("{" + members + "}").bind(PealConfig.class).crypto();

    assertThat(crypto.backend()).isEqualTo(backend);
    assertThat(crypto.schemes()).extracting(Scheme::name).containsExactly(schemes.split(","));
  }

  @Test
  void translate_trustFromAddresses_httpsOnly() throws IOException {
    CryptoConfig crypto =
        load("""
        {"topic_prefix": "a", "ca_cert_location": "https://example.org/ca.crt",
         "crl_location": "https://example.org/crl.pem"}
        """)
            .bind(PealConfig.class)
            .crypto();
    assertThat(crypto.ca()).hasToString("https://example.org/ca.crt");
    assertThat(crypto.crl()).hasToString("https://example.org/crl.pem");

    assertThatThrownBy(
            () ->
                load("{\"topic_prefix\": \"a\", \"crl_location\": \"http://example.org/crl.pem\"}")
                    .bind(PealConfig.class))
        .hasMessageContaining("must be a path or an https address")
        .hasMessageContaining("http://example.org/crl.pem");
  }
}
