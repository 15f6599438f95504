package org.peal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CryptoProviderTest {

  private static final String HERE = System.getProperty("os.arch");

  /** There is a library for this processor, so nothing may fall back. */
  private static void requireCorretto() {
    assumeTrue(HERE.equals("amd64"), "tried on x86_64 only");
  }

  @Test
  void fast_onLinux_isCorrettoAndNotInstalled() throws Exception {
    requireCorretto();
    assertThat(CryptoProvider.FAST).asString().startsWith("AmazonCorrettoCryptoProvider 2.5");
    assertThat(CryptoProvider.FAST.signature("SHA1withRSA").getProvider().getName())
        .isEqualTo("AmazonCorrettoCryptoProvider");
    assertThat(Arrays.stream(Security.getProviders()).map(Provider::getName))
        .doesNotContain("AmazonCorrettoCryptoProvider");
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void fast_everyKind_isSignedByCorretto(KeyKind kind) throws Exception {
    requireCorretto();
    assertThat(CryptoProvider.FAST.signature(kind.signatureAlgorithm()).getProvider().getName())
        .isEqualTo("AmazonCorrettoCryptoProvider");
  }

  @Test
  void selfTest_providerWithoutEllipticKeys_fails() {
    assertThatExceptionOfType(Corretto.Unavailable.class)
        .isThrownBy(() -> SelfTest.runElliptic(Security.getProvider("SunRsaSign")))
        .withMessageContaining("SunRsaSign fails its test");
  }

  /** Signs as the JDK does, with a factory of keys for P-256 that makes none. */
  private static final class WithoutKeys extends Provider {
    private static final long serialVersionUID = 1;

    WithoutKeys() {
      super("WithoutKeys", "1", "for this test");
      putService(new Service(this, "KeyFactory", "EC", "none", null, null));
    }

    @Override
    public Service getService(String type, String algorithm) {
      return type.equals("Signature")
          ? Security.getProvider("SunEC").getService(type, algorithm)
          : super.getService(type, algorithm);
    }
  }

  @Test
  void selfTest_providerThatMakesNoKeys_fails() {
    assertThatExceptionOfType(Corretto.Unavailable.class)
        .isThrownBy(() -> SelfTest.runElliptic(new WithoutKeys()))
        .withMessageContaining("WithoutKeys fails its test");
  }

  @Test
  void jdk_always_isTheJdk() throws Exception {
    assertThat(CryptoProvider.JDK).asString().isEqualTo("the JDK");
    assertThat(CryptoProvider.JDK.signature("SHA1withRSA").getProvider().getName())
        .isEqualTo("SunRsaSign");
  }

  @Test
  void load_unknownProcessor_unavailable() {
    assertThatExceptionOfType(Corretto.Unavailable.class)
        .isThrownBy(() -> Corretto.load("riscv64"))
        .withMessageContaining("no Corretto provider for")
        .withMessageContaining("riscv64");
  }

  @Test
  void load_libraryOfAnotherProcessor_fallsBackToTheJdk() {
    requireCorretto();
    assertThatExceptionOfType(Corretto.Unavailable.class)
        .isThrownBy(() -> Corretto.load("aarch64"))
        .withMessageContaining("its native library does not load");
    assertThat(CryptoProvider.loadOrFallBack("aarch64")).isEmpty();
  }

  @Test
  void selfTest_jdk_passes() {
    assertThatCode(() -> SelfTest.run(Security.getProvider("SunRsaSign")))
        .doesNotThrowAnyException();
  }

  @Test
  void selfTest_providerWithoutTheAlgorithm_fails() {
    assertThatExceptionOfType(Corretto.Unavailable.class)
        .isThrownBy(() -> SelfTest.run(Security.getProvider("SUN")))
        .withMessageContaining("SUN fails its test");
  }
}
