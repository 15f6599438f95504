package org.peal.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.x509.KeyPairFiles;

/**
 * Finds the key pair that a program signs with.
 *
 * <p>A prefix and the host's short name are looked up in {@code crypto.certnames}; without an entry
 * the name {@code PREFIX-HOST} itself is tried, which is how certificates are named by custom.
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
    String key = (prefix == null ? configured : prefix) + "." + host;
    String named = config.certnames().get(key);
    String certname = named == null ? key.replaceFirst("\\.", "-") : named;
    Path directory = config.directory();
    Optional<KeyPairFiles> found =
        directory == null ? Optional.empty() : Optional.of(pair(directory, certname));
    Optional<KeyPairFiles> present = found.filter(OwnKeys::exists);
    if (present.isEmpty() && (named != null || Boolean.TRUE.equals(config.sign()))) {
      throw missing(key, certname);
    }
    return present;
  }

  private static KeyPairFiles pair(Path directory, String certname) {
    return new KeyPairFiles(
        directory.resolve(certname + ".crt"), directory.resolve(certname + ".key"));
  }

  private static boolean exists(KeyPairFiles pair) {
    return Files.exists(pair.certificate()) && Files.exists(pair.key());
  }

  private ConfigException missing(String key, String certname) {
    String where =
        config.directory() == null
            ? "crypto.directory is not set"
            : "no " + certname + ".crt and " + certname + ".key in " + config.directory();
    return new ConfigException(
        Place.named("configuration", Path.of("")),
        "crypto.certnames",
        "no key pair for \"" + key + "\": " + where);
  }
}
