package org.peal.node;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.peal.config.ConfigException;
import org.peal.config.Place;
import org.peal.config.YamlTree;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.MessageVerifier;
import org.peal.crypto.RoutingPolicy;
import org.peal.crypto.RoutingPolicyReader;
import org.peal.crypto.Verifier;
import org.peal.crypto.Watched;
import org.peal.crypto.x509.TrustFiles;
import org.peal.crypto.x509.X509Verifier;

/** Makes the verifier that a configuration asks for. Stateless. */
public final class Trust {

  private Trust() {}

  /**
   * Returns a verifier judging by the present time, or empty when none is wanted: {@code
   * crypto.validate} is false, or it is not set and there is no certificate authority.
   *
   * @throws ConfigException if verification is demanded without a certificate authority
   */
  public static Optional<Verifier> verifier(CryptoConfig config) {
    return verifier(config, InstantSource.system());
  }

  /** Returns the same, judging by the given clock. */
  public static Optional<Verifier> verifier(CryptoConfig config, InstantSource clock) {
    if (Boolean.FALSE.equals(config.validate())) {
      return Optional.empty();
    }
    Path ca = config.ca();
    if (ca == null) {
      if (Boolean.TRUE.equals(config.validate())) {
        throw new ConfigException(
            Place.named("configuration", Path.of("")),
            "crypto.ca",
            "verification is asked for, but there is no certificate authority: give --ca FILE or"
                + " set crypto.ca");
      }
      return Optional.empty();
    }
    TrustFiles files = new TrustFiles(ca, Optional.ofNullable(config.crl()));
    MessageVerifier.Builder builder =
        X509Verifier.builder(files.watchFailingClosed()).policy(policy(config)).clock(clock);
    if (config.maxAge() != null) {
      builder.maxAge(config.maxAge());
    }
    return Optional.of(builder.build());
  }

  private static Supplier<RoutingPolicy> policy(CryptoConfig config) {
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
