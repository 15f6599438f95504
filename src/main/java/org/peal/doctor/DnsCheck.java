package org.peal.doctor;

import org.peal.endpoint.DomainAnswer;

/** Does the DNS list publishers where it should? */
final class DnsCheck implements Check {

  @Override
  public String what() {
    return "dns";
  }

  @Override
  public void look(Patient patient, Findings findings) throws InterruptedException {
    boolean isProved = patient.config().dns().trustAnchor() != null;
    for (DomainAnswer answer : patient.bus().observe(patient).census().domains()) {
      if (answer.problem().isEmpty()) {
        findings.ok(
            answer.question()
                + ": "
                + answer.targets().size()
                + " publishers"
                + (isProved ? ", proved by DNSSEC" : ""));
      } else {
        findings.fail(
            answer.question() + ": " + answer.problem(),
            "compare with \"dig "
                + answer.question()
                + " SRV\", and check dns.domains,"
                + " dns.resolver and dns.trust-anchor");
      }
    }
  }
}
