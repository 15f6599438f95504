package org.peal.node;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.peal.Watched;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.config.YamlTree;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.GpgConfig;
import org.peal.crypto.Location;
import org.peal.crypto.MessageVerifier;
import org.peal.crypto.RoutingPolicy;
import org.peal.crypto.RoutingPolicyReader;
import org.peal.crypto.SchemeVerifier;
import org.peal.crypto.Verifier;
import org.peal.crypto.gpg.GpgVerifier;
import org.peal.crypto.gpg.KeyringFiles;
import org.peal.crypto.x509.TrustFiles;
import org.peal.crypto.x509.X509Verifier;
import org.peal.message.Scheme;

/** Makes the verifier that a configuration asks for. Stateless. */
public final class Trust {

  private Trust() {}

  /**
   * Returns a verifier judging by the present time, or empty when none is wanted: {@code
   * crypto.validate} is false, or it is not set and there is neither a certificate authority nor,
   * where {@code gpg} is allowed, a keyring.
   *
   * @throws ConfigException if a scheme is allowed without anything to trust
   */
  public static Optional<Verifier> verifier(CryptoConfig config) {
    return verifier(config, InstantSource.system());
  }

  /** Returns the same, judging by the given clock. */
  public static Optional<Verifier> verifier(CryptoConfig config, InstantSource clock) {
    return isWanted(config) ? Optional.of(wanted(config, clock)) : Optional.empty();
  }

  /**
   * Returns a verifier judging by the present time, whether or not the configuration says to
   * verify.
   *
   * @throws ConfigException if there is nothing to trust
   */
  public static Verifier required(CryptoConfig config) {
    return required(config, InstantSource.system());
  }

  /** Returns the same, judging by the given clock. */
  public static Verifier required(CryptoConfig config, InstantSource clock) {
    return wanted(config, clock);
  }

  private static boolean isWanted(CryptoConfig config) {
    return requireNonNullElse(
        config.validate(),
        config.ca() != null
            || config.schemes().contains(Scheme.GPG) && !config.gpg().keyring().isEmpty());
  }

  private static Verifier wanted(CryptoConfig config, InstantSource clock) {
    MessageVerifier.Builder builder = MessageVerifier.builder().policy(policy(config)).clock(clock);
    if (config.schemes().contains(Scheme.X509)) {
      builder.allow(x509(config, clock));
    }
    if (config.schemes().contains(Scheme.GPG)) {
      builder.allow(gpg(config.gpg()));
    }
    if (config.maxAge() != null) {
      builder.maxAge(config.maxAge());
    }
    return builder.build();
  }

  private static SchemeVerifier x509(CryptoConfig config, InstantSource clock) {
    Location ca = config.ca();
    if (ca == null) {
      throw nothing(
          "crypto.ca",
          "verification is asked for, but there is no certificate authority: give --ca FILE or set"
              + " crypto.ca");
    }
    TrustFiles files =
        new TrustFiles(
            ca, Optional.ofNullable(config.crl()), config.crlGrace(), CryptoProvider.FAST);
    return new X509Verifier(files.watchFailingClosed(clock), config.sha256(), config.elliptic());
  }

  private static SchemeVerifier gpg(GpgConfig config) {
    if (config.keyring().isEmpty()) {
      throw nothing(
          "crypto.gpg.keyring",
          "GnuPG signatures are allowed by crypto.schemes, but there is no keyring: set"
              + " crypto.gpg.keyring");
    }
    return new GpgVerifier(new KeyringFiles(config.keyring()).watch(), config.sha1());
  }

  private static ConfigException nothing(String key, String problem) {
    return new ConfigException(Place.named("configuration", Path.of("")), key, problem);
  }

  /** Returns the routing policy that a configuration names, followed when its file changes. */
  static Supplier<RoutingPolicy> policy(CryptoConfig config) {
    Path file = config.policy();
    if (file == null) {
      RoutingPolicy open = RoutingPolicy.OPEN.withNitpicky(config.nitpicky());
      return () -> open;
    }
    return Watched.load("routing policy", List.of(file), () -> read(file, config.nitpicky()));
  }

  private static RoutingPolicy read(Path file, boolean nitpicky) {
    RoutingPolicy policy = RoutingPolicyReader.read(YamlTree.read(file).toJson(), file.toString());
    return nitpicky ? policy.withNitpicky(true) : policy;
  }
}
