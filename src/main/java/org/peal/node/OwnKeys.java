package org.peal.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.EllipticKeys;
import org.peal.crypto.Signer;
import org.peal.crypto.TrustException;
import org.peal.crypto.gpg.GpgSigner;
import org.peal.crypto.gpg.SecretKeyFile;
import org.peal.crypto.x509.KeyPairFiles;
import org.peal.crypto.x509.X509Signer;
import org.peal.message.Scheme;

/**
 * Finds the key that a program signs with.
 *
 * <p>For X.509, a prefix and the host's short name are looked up in {@code crypto.certnames}, then
 * the prefix alone; without an entry the name {@code PREFIX-HOST} itself is tried, which is how
 * certificates are named by custom.
 */
public final class OwnKeys {

  private final CryptoConfig config;
  private final String host;

  /**
   * Makes a finder.
   *
   * @param host the name of this machine; what follows its first dot does not count
   */
  public OwnKeys(CryptoConfig config, String host) {
    this.config = config;
    int dot = host.indexOf('.');
    this.host = dot < 0 ? host : host.substring(0, dot);
  }

  /**
   * Returns the key pair for a prefix, or empty when there is none and none is demanded.
   *
   * @param prefix who signs, such as {@code shell}; null for the configured or built-in one
   * @throws ConfigException if {@code crypto.sign} is true and there is none, or {@code
   *     crypto.certnames} names one that does not exist
   */
  public Optional<KeyPairFiles> find(@Nullable String prefix, String builtIn) {
    if (Boolean.FALSE.equals(config.sign())) {
      return Optional.empty();
    }
    String configured = config.certPrefix() == null ? builtIn : config.certPrefix();
    Choice choice = choice(prefix == null ? configured : prefix);
    Optional<KeyPairFiles> present = choice.present();
    if (present.isEmpty() && (choice.isNamed() || Boolean.TRUE.equals(config.sign()))) {
      throw missing(choice);
    }
    return present;
  }

  /** The key pair that a program should have. */
  private record Choice(
      String key, String certname, boolean isNamed, Optional<KeyPairFiles> present) {}

  private Choice choice(String prefix) {
    String key = prefix + "." + host;
    Map<String, String> names = config.certnames();
    String named = names.getOrDefault(key, names.get(prefix));
    String certname = named == null ? prefix + "-" + host : named;
    Path directory = config.directory();
    Optional<KeyPairFiles> present =
        Optional.ofNullable(directory)
            .map(folder -> pair(folder, certname, config.elliptic()))
            .filter(OwnKeys::exists);
    return new Choice(key, certname, named != null, present);
  }

  /**
   * Returns what signs messages by {@code crypto.backend}: the GnuPG key, or the key pair that
   * {@link #find} finds. What it signs with follows its files.
   *
   * @param provider computes X.509 signatures
   * @throws ConfigException if {@code crypto.sign} is not false and a key is missing that must
   *     exist
   * @throws TrustException if a key cannot be loaded
   */
  public Optional<Signer> signer(@Nullable String prefix, String builtIn, CryptoProvider provider) {
    return config.backend() == Scheme.GPG
        ? gpgSigner()
        : find(prefix, builtIn).map(pair -> x509(pair, provider));
  }

  /**
   * Returns what signs in a role that is nothing without its key: by {@code crypto.backend} the
   * GnuPG key, or the key pair that is found for the role as a prefix.
   *
   * @throws ConfigException if there is none
   * @throws TrustException if it cannot be loaded
   */
  public Signer requiredSigner(String role, CryptoProvider provider) {
    if (config.backend() == Scheme.GPG) {
      return gpg();
    }
    Choice choice = choice(role);
    return choice.present().map(pair -> x509(pair, provider)).orElseThrow(() -> missing(choice));
  }

  private Signer x509(KeyPairFiles pair, CryptoProvider provider) {
    return new X509Signer(pair.watch(), provider, config.sha256().isMade());
  }

  private Optional<Signer> gpgSigner() {
    return Boolean.FALSE.equals(config.sign()) ? Optional.empty() : Optional.of(gpg());
  }

  private Signer gpg() {
    Path file = config.gpg().secretKey();
    if (file == null) {
      throw new ConfigException(
          Place.named("configuration", Path.of("")),
          "crypto.gpg.secret-key",
          "crypto.backend is gpg, but there is no key to sign with: set crypto.gpg.secret-key");
    }
    SecretKeyFile key =
        new SecretKeyFile(
            file,
            Optional.ofNullable(config.gpg().passphraseFile()),
            Optional.ofNullable(config.gpg().signingKey()));
    return new GpgSigner(key.watch(), InstantSource.system());
  }

  private static KeyPairFiles pair(Path directory, String certname, EllipticKeys elliptic) {
    return new KeyPairFiles(
        directory.resolve(certname + ".crt"), directory.resolve(certname + ".key"), elliptic);
  }

  private static boolean exists(KeyPairFiles pair) {
    return Files.exists(pair.certificate()) && Files.exists(pair.key());
  }

  private ConfigException missing(Choice choice) {
    String certname = choice.certname();
    String where =
        config.directory() == null
            ? "crypto.directory is not set"
            : "no " + certname + ".crt and " + certname + ".key in " + config.directory();
    return new ConfigException(
        Place.named("configuration", Path.of("")),
        "crypto.certnames",
        "no key pair for \"" + choice.key() + "\": " + where);
  }
}
