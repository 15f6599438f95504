package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.config.ConfigException;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.EllipticKeys;
import org.peal.crypto.GpgConfig;
import org.peal.crypto.Sha256;
import org.peal.crypto.x509.KeyPairFiles;
import org.peal.message.Scheme;

class OwnKeysTest {

  @TempDir Path folder;

  private static CryptoConfig config(
      @Nullable Boolean sign,
      @Nullable Path directory,
      Map<String, String> certnames,
      @Nullable String prefix) {
    return config(sign, directory, certnames, prefix, Scheme.X509);
  }

  private static CryptoConfig config(
      @Nullable Boolean sign,
      @Nullable Path directory,
      Map<String, String> certnames,
      @Nullable String prefix,
      Scheme backend) {
    return new CryptoConfig(
        sign,
        null,
        null,
        null,
        Duration.ZERO,
        directory,
        certnames,
        prefix,
        null,
        false,
        null,
        List.of(Scheme.X509),
        backend,
        Sha256.OFF,
        EllipticKeys.OFF,
        new GpgConfig(List.of(), null, null, null, false));
  }

  private KeyPairFiles pair(String name) throws IOException {
    return new KeyPairFiles(
        Files.writeString(folder.resolve(name + ".crt"), "certificate"),
        Files.writeString(folder.resolve(name + ".key"), "key"));
  }

  @Test
  void find_pairNamedByCustom_isFound() throws IOException {
    KeyPairFiles pair = pair("shell-host");
    OwnKeys keys = new OwnKeys(config(null, folder, Map.of(), null), "host.example.org");
    assertThat(keys.find(null, "shell")).contains(pair);
  }

  @Test
  void find_prefix_comesFromCallThenConfigurationThenProgram() throws IOException {
    KeyPairFiles bodhi = pair("bodhi-host");
    KeyPairFiles shell = pair("shell-host");
    OwnKeys keys = new OwnKeys(config(null, folder, Map.of(), "bodhi"), "host");
    assertThat(keys.find(null, "shell")).contains(bodhi);
    assertThat(keys.find("shell", "other")).contains(shell);
  }

  @Test
  void find_certname_winsOverCustom() throws IOException {
    pair("shell-host");
    KeyPairFiles special = pair("special");
    OwnKeys keys = new OwnKeys(config(null, folder, Map.of("shell.host", "special"), null), "host");
    assertThat(keys.find(null, "shell")).contains(special);
  }

  @Test
  void find_prefixWithoutHost_holdsForAnyHostWithoutAnEntry() throws IOException {
    KeyPairFiles any = pair("any");
    KeyPairFiles special = pair("special");
    Map<String, String> names = Map.of("shell", "any", "shell.host", "special");
    assertThat(new OwnKeys(config(null, folder, names, null), "other").find(null, "shell"))
        .contains(any);
    assertThat(new OwnKeys(config(null, folder, names, null), "host").find(null, "shell"))
        .contains(special);
  }

  @Test
  void requiredSigner_withoutPair_saysWhereItLooked() {
    OwnKeys keys = new OwnKeys(config(false, folder, Map.of(), null), "host");
    assertThatThrownBy(() -> keys.requiredSigner("signing_relay", CryptoProvider.JDK))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("\"signing_relay.host\"", "signing_relay-host.crt");
  }

  @Test
  void find_nothingAndNotDemanded_isEmpty() {
    assertThat(new OwnKeys(config(null, folder, Map.of(), null), "host").find(null, "shell"))
        .isEmpty();
    assertThat(new OwnKeys(config(null, null, Map.of(), null), "host").find(null, "shell"))
        .isEmpty();
  }

  @Test
  void find_certificateWithoutKey_isNoPair() throws IOException {
    Files.writeString(folder.resolve("shell-host.crt"), "certificate");
    assertThat(new OwnKeys(config(null, folder, Map.of(), null), "host").find(null, "shell"))
        .isEmpty();
  }

  @Test
  void find_signingTurnedOff_isEmpty() throws IOException {
    pair("shell-host");
    assertThat(new OwnKeys(config(false, folder, Map.of(), null), "host").find(null, "shell"))
        .isEmpty();
  }

  @Test
  void find_signingDemanded_saysWhereItLooked() {
    assertThatThrownBy(
            () -> new OwnKeys(config(true, folder, Map.of(), null), "host").find(null, "shell"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("\"shell.host\"", "shell-host.crt", folder.toString());
    assertThatThrownBy(
            () -> new OwnKeys(config(true, null, Map.of(), null), "host").find(null, "shell"))
        .hasMessageContaining("crypto.directory is not set");
  }

  @Test
  void find_certnameWithoutFiles_isAProblem() {
    OwnKeys keys = new OwnKeys(config(null, folder, Map.of("shell.host", "gone"), null), "host");
    assertThatThrownBy(() -> keys.find(null, "shell"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("gone.crt");
  }

  @Test
  void signer_gpgWithoutKey_isAProblemUnlessSigningIsOff() {
    OwnKeys keys = new OwnKeys(config(null, folder, Map.of(), null, Scheme.GPG), "host");
    OwnKeys off = new OwnKeys(config(false, folder, Map.of(), null, Scheme.GPG), "host");

    assertThatThrownBy(() -> keys.signer(null, "shell", CryptoProvider.JDK))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("crypto.gpg.secret-key");
    assertThat(off.signer(null, "shell", CryptoProvider.JDK)).isEmpty();
  }
}
