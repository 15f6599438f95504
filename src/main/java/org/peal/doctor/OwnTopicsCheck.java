package org.peal.doctor;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.peal.PealException;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.RoutingPolicy;
import org.peal.crypto.x509.CertificateInfo;

/** Does the routing policy permit anything to our own signers? */
final class OwnTopicsCheck implements Check {

  private static final int SHOWN = 3;

  @Override
  public String what() {
    return "own topics";
  }

  @Override
  public void look(Patient patient, Findings findings) {
    Optional<RoutingPolicy> policy = policy(patient.config().crypto());
    Optional<OwnPairs> pairs = OwnPairs.of(patient);
    if (policy.isPresent() && pairs.isPresent()) {
      for (String name : pairs.get().own()) {
        signer(pairs.get(), name).ifPresent(signer -> look(signer, policy.get(), findings));
      }
    }
  }

  private static Optional<RoutingPolicy> policy(CryptoConfig crypto) {
    try {
      return PolicyFile.read(crypto).filter(policy -> !policy.rules().isEmpty());
    } catch (PealException e) {
      return Optional.empty(); // another check says so
    }
  }

  private static Optional<String> signer(OwnPairs pairs, String name) {
    try {
      return Files.exists(pairs.certificate(name))
          ? CertificateInfo.read(pairs.certificate(name)).signer()
          : Optional.empty();
    } catch (PealException e) {
      return Optional.empty(); // another check says so
    }
  }

  private static void look(String signer, RoutingPolicy policy, Findings findings) {
    List<String> topics =
        policy.rules().stream()
            .filter(rule -> rule.signers().contains(signer))
            .map(RoutingPolicy.Rule::topic)
            .toList();
    String remedy = "add \"" + signer + "\" to the signers of its topics, with this very case";
    if (!topics.isEmpty()) {
      List<String> first = topics.subList(0, Math.min(SHOWN, topics.size()));
      findings.ok(
          signer
              + " may use "
              + first
              + (topics.size() > SHOWN ? " and " + (topics.size() - SHOWN) + " more" : ""));
    } else if (policy.nitpicky()) {
      findings.fail(signer + " may use no topic at all", remedy);
    } else {
      findings.warn(signer + " is in no rule, so it may only use topics without one", remedy);
    }
  }
}
