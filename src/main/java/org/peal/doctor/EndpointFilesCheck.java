package org.peal.doctor;

import org.peal.config.Problem;
import org.peal.endpoint.EndpointCensus;

/** Is there a publisher to listen to, and can the files that say so be read? */
final class EndpointFilesCheck implements Check {

  @Override
  public String what() {
    return "endpoint files";
  }

  @Override
  public void look(Patient patient, Findings findings) throws InterruptedException {
    EndpointCensus census = patient.bus().observe(patient).census();
    for (Problem problem : census.problems()) {
      findings.fail(problem.toString(), "mend this place; an address is tcp://HOST:PORT");
    }
    if (!census.problems().isEmpty()) {
      return;
    }
    String where = patient.endpointFiles().map(Object::toString).orElse("no folder");
    if (census.endpoints().isEmpty() && census.domains().isEmpty()) {
      findings.warn(
          "no publisher is known (" + where + ")",
          "write one into endpoints.d beside the configuration, or set dns.domains");
    } else {
      findings.ok(where + ", " + census.endpoints().size() + " addresses known in all");
    }
  }
}
