package org.peal.doctor;

import java.util.List;
import org.peal.bus.Delivery;
import org.peal.crypto.Reason;
import org.peal.crypto.Verdict;

/** Do the signatures of received messages verify? */
final class MessagesCheck implements Check {

  @Override
  public String what() {
    return "messages";
  }

  @Override
  public void look(Patient patient, Findings findings) throws InterruptedException {
    Bus.Observation seen = patient.bus().observe(patient);
    if (seen.states().stream().noneMatch(state -> state.problem().isEmpty())) {
      return; // nobody to hear
    }
    List<Delivery> samples = seen.samples();
    if (samples.isEmpty()) {
      findings.warn(
          "none came within " + patient.bus().patience().toSeconds() + " s",
          "publish one meanwhile (\"peal logger --message test\"), or listen longer with --for");
      return;
    }
    long unverified = samples.stream().filter(m -> m.verdict().isEmpty()).count();
    samples.forEach(message -> look(message, findings));
    if (unverified > 0) {
      findings.warn(
          samples.size() + " came, none was verified",
          "set crypto.ca, and crypto.crl with it, or mend what other lines say of them");
    } else if (findings.all().isEmpty()) {
      findings.ok(samples.size() + " came, all are valid");
    }
  }

  private static void look(Delivery message, Findings findings) {
    if (message.verdict().orElse(null) instanceof Verdict.Invalid invalid) {
      findings.fail(
          "one from "
              + message.raw().origin().address()
              + " is refused, "
              + invalid.reason()
              + ": "
              + invalid.detail(),
          remedy(invalid.reason()));
    }
  }

  private static String remedy(Reason reason) {
    return switch (reason) {
      case UNSIGNED -> "give its publisher a key pair (crypto.directory there, crypto.sign: true)";
      case UNTRUSTED -> "trust the authority of its publisher in crypto.ca, if you do";
      case SCHEME_REFUSED -> "allow its scheme in crypto.schemes, if you trust it";
      case REVOCATION_UNKNOWN -> "renew the revocation list that crypto.crl names";
      case NOT_PERMITTED -> "add the signer to the topic in the file of crypto.policy, if it may";
      case STALE, NOT_YET_VALID -> "set the clocks of both machines";
      case EXPIRED, REVOKED -> "have its publisher get a new certificate";
      case BAD_SIGNATURE ->
          "if its key is Ed25519 or P-256, set crypto.elliptic to accept, if you do; else ask its"
              + " publisher: the message was changed on the way, or is forged";
      default -> "ask its publisher: the message was changed on the way, or is forged";
    };
  }
}
