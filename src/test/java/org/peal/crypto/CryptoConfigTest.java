package org.peal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peal.config.TestBinding;

class CryptoConfigTest {

  @Test
  void bind_nothing_leavesKeysAndTrustUnset() {
    assertThat(TestBinding.defaults(CryptoConfig.class))
        .isEqualTo(
            new CryptoConfig(null, null, null, null, null, Map.of(), null, null, false, null));
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
                Duration.ofHours(1)));
  }
}
