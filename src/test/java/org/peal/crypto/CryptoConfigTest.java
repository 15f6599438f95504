package org.peal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.config.ConfigException;
import org.peal.config.TestBinding;
import org.peal.message.Scheme;

class CryptoConfigTest {

  @Test
  void bind_nothing_leavesKeysAndTrustUnset() {
    assertThat(TestBinding.defaults(CryptoConfig.class))
        .isEqualTo(
            new CryptoConfig(
                null,
                null,
                null,
                null,
                Duration.ZERO,
                null,
                Map.of(),
                null,
                null,
                false,
                null,
                List.of(Scheme.X509),
                Scheme.X509,
                Sha256.OFF,
                EllipticKeys.OFF,
                new GpgConfig(List.of(), null, null, null, false)));
  }

  @Test
  void bind_everyKey_isTaken() {
    String yaml =
        """
        sign: true
        validate: false
        ca: ca.crt
        crl: crl.pem
        crl-grace: 2d
        directory: certs
        certnames: {logger.host: logger-host.example.org}
        cert-prefix: logger
        policy: policy.yaml
        nitpicky: true
        max-age: 1h
        schemes: [x509, gpg]
        backend: gpg
        sha256: require
        elliptic: sign
        gpg: {keyring: [a.gpg, b.kbx], secret-key: s.asc, passphrase-file: p, signing-key: AB, sha1: true}
        """;

    assertThat(TestBinding.bind(CryptoConfig.class, yaml))
        .isEqualTo(
            new CryptoConfig(
                true,
                false,
                Location.of(Path.of("/base/ca.crt")),
                Location.of(Path.of("/base/crl.pem")),
                Duration.ofDays(2),
                Path.of("/base/certs"),
                Map.of("logger.host", "logger-host.example.org"),
                "logger",
                Path.of("/base/policy.yaml"),
                true,
                Duration.ofHours(1),
                List.of(Scheme.X509, Scheme.GPG),
                Scheme.GPG,
                Sha256.REQUIRE,
                EllipticKeys.SIGN,
                new GpgConfig(
                    List.of(Path.of("/base/a.gpg"), Path.of("/base/b.kbx")),
                    Path.of("/base/s.asc"),
                    Path.of("/base/p"),
                    "AB",
                    true)));
  }

  @Test
  void bind_httpsAddresses_areTaken() {
    CryptoConfig config =
        TestBinding.bind(CryptoConfig.class, "crl: https://ca.example.org/crl.pem?x=1");

    assertThat(config.crl())
        .isEqualTo(new Location.Https(URI.create("https://ca.example.org/crl.pem?x=1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://ca.example.org/crl.pem",
        "file:///crl.pem",
        "https:///crl.pem",
        "https://ca.example.org/#x",
        "https://ca.example.org/ x"
      })
  void bind_otherAddress_isRefused(String address) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> TestBinding.bind(CryptoConfig.class, "ca: '" + address + "'"))
        .withMessageContaining("must be a path or an https address")
        .withMessageContaining(address);
  }

  @Test
  void bind_addressWithPassword_isRefusedWithoutQuotingIt() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> TestBinding.bind(CryptoConfig.class, "ca: https://me:secret@a.org/"))
        .withMessageContaining("without user name and password")
        .withMessageNotContaining("secret");
  }
}
