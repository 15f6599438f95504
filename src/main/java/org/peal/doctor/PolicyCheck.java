package org.peal.doctor;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.peal.PealException;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.RoutingPolicy;
import org.peal.crypto.x509.CertificateInfo;

/** Does the routing policy say what its owner means? */
final class PolicyCheck implements Check {

  @Override
  public String what() {
    return "routing policy";
  }

  @Override
  public void look(Patient patient, Findings findings) {
    CryptoConfig crypto = patient.config().crypto();
    if (crypto.ca() == null || Boolean.FALSE.equals(crypto.validate())) {
      return; // nothing is verified, so nothing is decided by it
    }
    try {
      Optional<RoutingPolicy> policy = PolicyFile.read(crypto);
      if (policy.filter(p -> !p.rules().isEmpty()).isEmpty()) {
        empty(crypto, findings);
      } else {
        Set<String> strangers = strangers(policy.get(), patient);
        strangers.forEach(
            name ->
                findings.warn(
                    "signer \"" + name + "\" has no certificate of this authority",
                    "correct the name in "
                        + crypto.policy()
                        + " (upper and lower case differ),"
                        + " or issue it (\"peal certs issue "
                        + name
                        + "\")"));
        findings.ok(policy.get().rules().size() + " rules in " + crypto.policy());
      }
    } catch (PealException e) {
      findings.fail(
          String.valueOf(e.getMessage()),
          "write it as a map of topics to lists of signers, YAML or JSON");
    }
  }

  private static void empty(CryptoConfig crypto, Findings findings) {
    if (crypto.nitpicky()) {
      findings.fail(
          "no rule, and crypto.nitpicky is true: every message is refused",
          "write rules into the file that crypto.policy names, or unset crypto.nitpicky");
    } else {
      findings.warn(
          "no rule: every holder of a certificate may use every topic",
          "set crypto.policy to a file of topics and the signers that may use each");
    }
  }

  /** Only the authority's own folder has every certificate. */
  private static Set<String> strangers(RoutingPolicy policy, Patient patient) {
    Set<String> named = new TreeSet<>();
    policy.rules().forEach(rule -> named.addAll(rule.signers()));
    OwnPairs.of(patient)
        .filter(OwnPairs::isOfAuthority)
        .ifPresentOrElse(pairs -> named.removeAll(signers(pairs)), named::clear);
    return named;
  }

  private static Set<String> signers(OwnPairs pairs) {
    Set<String> signers = new HashSet<>();
    for (String name : OwnPairs.names(pairs.folder(), ".crt")) {
      try {
        CertificateInfo.read(pairs.certificate(name)).signer().ifPresent(signers::add);
      } catch (PealException e) {
        signers.add(name); // unreadable, which is another check's affair
      }
    }
    return signers;
  }
}
