package org.peal.doctor;

import java.util.Optional;
import org.peal.config.ConfigException;
import org.peal.config.Problem;
import org.peal.crypto.TrustException;
import org.peal.message.Scheme;
import org.peal.node.OwnKeys;

/** Is there a key pair to sign with, and does the key fit the certificate? */
final class KeyPairCheck implements Check {

  private static final String DEFAULT_PREFIX = "shell";

  @Override
  public String what() {
    return "key pair";
  }

  @Override
  public void look(Patient patient, Findings findings) {
    if (patient.config().crypto().backend() != Scheme.X509) {
      return;
    }
    requireDemanded(patient, findings);
    Optional<OwnPairs> pairs = OwnPairs.of(patient);
    pairs.ifPresent(known -> known.own().forEach(name -> look(known, name, findings)));
    if (pairs.filter(known -> !known.own().isEmpty()).isEmpty() && findings.all().isEmpty()) {
      none(pairs, patient.machine().shortHost(), findings);
    }
  }

  private static void requireDemanded(Patient patient, Findings findings) {
    try {
      new OwnKeys(patient.config().crypto(), patient.machine().host()).find(null, DEFAULT_PREFIX);
    } catch (ConfigException e) {
      for (Problem problem : e.problems()) {
        findings.fail(
            problem.text(),
            "issue one (\"peal certs issue NAME\"), put NAME.crt and NAME.key into"
                + " crypto.directory, or correct crypto.certnames");
      }
    }
  }

  private static void look(OwnPairs pairs, String name, Findings findings) {
    try {
      pairs.pair(name).load();
      findings.ok(name + ": key and certificate fit");
    } catch (TrustException e) {
      findings.fail(
          String.valueOf(e.getMessage()),
          "put back the key and the certificate that were made together, or issue a new pair"
              + " (\"peal certs issue\")");
    }
  }

  private static void none(Optional<OwnPairs> pairs, String host, Findings findings) {
    String others =
        pairs.filter(p -> !p.others().isEmpty()).map(p -> ", only " + p.others()).orElse("");
    findings.warn(
        "none for this host (" + host + ")" + others + ": messages are published unsigned",
        "issue one (\"peal certs issue shell-"
            + host
            + "\"), or name one in crypto.certnames:"
            + " \"shell."
            + host
            + ": NAME\"");
  }
}
