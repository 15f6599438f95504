package org.peal.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.TimeZone;
import org.peal.PealException;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;
import org.peal.crypto.Verifier;
import org.peal.crypto.x509.OwnKeyPair;
import org.peal.crypto.x509.X509Signer;
import org.peal.json.CanonicalJson;
import org.peal.message.EnvelopeFactory;
import org.peal.message.Topic;
import org.peal.node.Trust;

/** Would others, who trust the same authority, accept what we sign? */
final class OwnSignatureCheck implements Check {

  @Override
  public String what() {
    return "own signature";
  }

  @Override
  public void look(Patient patient, Findings findings) {
    if (patient.config().crypto().ca() != null) {
      OwnPairs.of(patient)
          .ifPresent(pairs -> pairs.own().forEach(name -> look(pairs, name, patient, findings)));
    }
  }

  private static void look(OwnPairs pairs, String name, Patient patient, Findings findings) {
    OwnKeyPair pair;
    Verifier verifier;
    try {
      pair = pairs.pair(name).load();
      verifier = Trust.required(patient.config().crypto(), patient.machine().clock());
    } catch (PealException e) {
      return; // other checks say so
    }
    Topic topic = new Topic("peal.doctor");
    ObjectNode signed =
        new X509Signer(() -> pair, CryptoProvider.JDK, true).sign(message(topic, patient));
    Verdict verdict =
        verifier
            .verify(CanonicalJson.write(signed), topic.value().getBytes(StandardCharsets.UTF_8))
            .verdict();
    verdict.fold(
        valid -> {
          findings.ok(name + " is accepted, signer " + valid.signer());
          return null;
        },
        invalid -> {
          refused(name, invalid, findings);
          return null;
        });
  }

  private static ObjectNode message(Topic topic, Patient patient) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("log", "a test, never sent");
    return new EnvelopeFactory(patient.machine().clock(), TimeZone.getTimeZone("UTC"), "doctor")
        .create(topic, body)
        .tree();
  }

  private static void refused(String name, Verdict.Invalid verdict, Findings findings) {
    String detail = name + " is refused, " + verdict.reason() + ": " + verdict.detail();
    if (verdict.reason() == Reason.NOT_PERMITTED) {
      // All else was checked before; the topic of the test is in no policy.
      findings.ok(name + " is accepted where the policy permits it");
    } else {
      findings.fail(detail, remedy(verdict.reason()));
    }
  }

  private static String remedy(Reason reason) {
    return switch (reason) {
      case UNTRUSTED ->
          "have the certificate issued by an authority in crypto.ca, or add the one"
              + " that issued it there";
      case REVOKED, EXPIRED -> "remove or move the pair and issue a new one (\"peal certs issue\")";
      case REVOCATION_UNKNOWN -> "renew the revocation list (\"peal certs crl\")";
      case NOT_YET_VALID -> "set the clock of this machine";
      default -> "look the reason up in docs/wire-format.md, section 5";
    };
  }
}
