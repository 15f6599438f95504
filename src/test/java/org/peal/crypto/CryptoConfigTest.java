package org.peal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
                null,
                Map.of(),
                null,
                null,
                false,
                null,
                List.of(Scheme.X509),
                Scheme.X509,
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
        directory: certs
        certnames: {logger.host: logger-host.example.org}
        cert-prefix: logger
        policy: policy.yaml
        nitpicky: true
        max-age: 1h
        schemes: [x509, gpg]
        backend: gpg
        gpg: {keyring: [a.gpg, b.kbx], secret-key: s.asc, passphrase-file: p, signing-key: AB, sha1: true}
        """;

    assertThat(TestBinding.bind(CryptoConfig.class, yaml))
        .isEqualTo(
            new CryptoConfig(
                true,
                false,
                Path.of("/base/ca.crt"),
                Path.of("/base/crl.pem"),
                Path.of("/base/certs"),
                Map.of("logger.host", "logger-host.example.org"),
                "logger",
                Path.of("/base/policy.yaml"),
                true,
                Duration.ofHours(1),
                List.of(Scheme.X509, Scheme.GPG),
                Scheme.GPG,
                new GpgConfig(
                    List.of(Path.of("/base/a.gpg"), Path.of("/base/b.kbx")),
                    Path.of("/base/s.asc"),
                    Path.of("/base/p"),
                    "AB",
                    true)));
  }
}
