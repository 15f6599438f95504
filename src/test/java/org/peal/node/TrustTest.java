package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.config.ConfigException;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.EllipticKeys;
import org.peal.crypto.GpgConfig;
import org.peal.crypto.Location;
import org.peal.crypto.Sha256;
import org.peal.crypto.TrustException;
import org.peal.crypto.Verdict;
import org.peal.crypto.Verifier;
import org.peal.message.Scheme;
import org.peal.testing.TestPki;

class TrustTest {

  private static final TestPki.Identity CA = new TestPki().root("Test CA");
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private static final GpgConfig NO_GPG = new GpgConfig(List.of(), null, null, null, false);

  @TempDir Path folder;

  private static CryptoConfig config(
      @Nullable Boolean validate, @Nullable Path ca, @Nullable Path crl, @Nullable Path policy) {
    return new CryptoConfig(
        null,
        validate,
        ca == null ? null : Location.of(ca),
        crl == null ? null : Location.of(crl),
        Duration.ZERO,
        null,
        Map.of(),
        null,
        policy,
        false,
        null,
        List.of(Scheme.X509),
        Scheme.X509,
        Sha256.OFF,
        EllipticKeys.OFF,
        NO_GPG);
  }

  private static CryptoConfig schemes(@Nullable Path ca, GpgConfig gpg, Scheme... schemes) {
    return new CryptoConfig(
        null,
        null,
        ca == null ? null : Location.of(ca),
        null,
        Duration.ZERO,
        null,
        Map.of(),
        null,
        null,
        false,
        null,
        List.of(schemes),
        Scheme.X509,
        Sha256.OFF,
        EllipticKeys.OFF,
        gpg);
  }

  private Path file(String name, String text) {
    return TestPki.writeText(folder.resolve(name), text);
  }

  @Test
  void verifier_nothingSaid_dependsOnTheAuthority() {
    assertThat(Trust.verifier(config(null, null, null, null))).isEmpty();
    assertThat(Trust.verifier(config(null, file("ca.crt", CA.pem()), null, null))).isPresent();
  }

  @Test
  void verifier_turnedOff_isEmptyWhateverThereIs() {
    assertThat(Trust.verifier(config(false, file("ca.crt", CA.pem()), null, null))).isEmpty();
  }

  @Test
  void verifier_demandedWithoutAuthority_isAProblem() {
    assertThatThrownBy(() -> Trust.verifier(config(true, null, null, null)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--ca FILE");
  }

  @Test
  void verifier_authorityMissing_namesTheFile() {
    assertThatThrownBy(() -> Trust.verifier(config(null, folder.resolve("no.crt"), null, null)))
        .isInstanceOf(TrustException.class)
        .hasMessageContaining("no.crt");
  }

  @Test
  void verifier_revocationListMissing_isNotTakenForNone() {
    Path ca = file("ca.crt", CA.pem());
    assertThatThrownBy(() -> Trust.verifier(config(null, ca, folder.resolve("no.pem"), null)))
        .isInstanceOf(TrustException.class)
        .hasMessageContaining("no.pem");
  }

  @Test
  void verifier_policyBroken_namesTheFile() {
    Path ca = file("ca.crt", CA.pem());
    assertThatThrownBy(() -> Trust.verifier(config(null, ca, null, file("p.yaml", "[1, 2]"))))
        .isInstanceOf(TrustException.class)
        .hasMessageContaining("p.yaml");
  }

  @Test
  void verifier_made_refusesWhatIsUnsigned() {
    Verifier verifier =
        Trust.verifier(config(null, file("ca.crt", CA.pem()), null, null), InstantSource.fixed(NOW))
            .orElseThrow();
    byte[] unsigned = "{\"topic\":\"a\",\"msg\":{}}".getBytes(StandardCharsets.UTF_8);
    assertThat(verifier.verify(unsigned, null).verdict()).isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void verifier_schemeWithoutAnythingToTrust_isAProblem() {
    Path ca = file("ca.crt", CA.pem());
    GpgConfig keyring = new GpgConfig(List.of(folder.resolve("no.gpg")), null, null, null, false);

    assertThatThrownBy(() -> Trust.verifier(schemes(ca, NO_GPG, Scheme.X509, Scheme.GPG)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("crypto.gpg.keyring");
    assertThatThrownBy(() -> Trust.verifier(schemes(null, keyring, Scheme.X509, Scheme.GPG)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("crypto.ca");
    assertThatThrownBy(() -> Trust.verifier(schemes(null, keyring, Scheme.GPG)))
        .isInstanceOf(TrustException.class)
        .hasMessageContaining("no.gpg");
  }

  @Test
  void verifier_keyringOfASchemeThatIsNotAllowed_doesNotMatter() {
    GpgConfig keyring = new GpgConfig(List.of(folder.resolve("no.gpg")), null, null, null, false);
    assertThat(Trust.verifier(schemes(null, keyring, Scheme.X509))).isEmpty();
  }
}
