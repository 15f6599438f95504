package org.peal.doctor;

import java.nio.file.Path;
import java.util.Optional;
import org.peal.config.YamlTree;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.RoutingPolicy;
import org.peal.crypto.RoutingPolicyReader;

/** Reads the routing policy of a configuration. Stateless. */
final class PolicyFile {

  private PolicyFile() {}

  /**
   * Returns the policy, or empty when none is configured.
   *
   * @throws org.peal.PealException if it cannot be read
   */
  static Optional<RoutingPolicy> read(CryptoConfig crypto) {
    Path file = crypto.policy();
    return Optional.ofNullable(file)
        .map(f -> RoutingPolicyReader.read(YamlTree.read(f).toJson(), f.toString()))
        .map(policy -> policy.withNitpicky(policy.nitpicky() || crypto.nitpicky()));
  }
}
