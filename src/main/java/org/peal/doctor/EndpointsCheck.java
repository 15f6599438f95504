package org.peal.doctor;

import java.util.Set;
import java.util.stream.Collectors;
import org.peal.endpoint.Endpoint;
import org.peal.node.EndpointState;
import org.peal.node.ListeningAddresses;

/** Does every known publisher answer? */
final class EndpointsCheck implements Check {

  @Override
  public String what() {
    return "endpoint";
  }

  @Override
  public void look(Patient patient, Findings findings) throws InterruptedException {
    Set<Endpoint> own =
        ListeningAddresses.of(patient.config()).values().stream()
            .map(Endpoint::forConnecting)
            .collect(Collectors.toSet());
    for (EndpointState state : patient.bus().observe(patient).states()) {
      String name = state.known().name() + " (" + state.known().from() + ")";
      if (state.problem().isEmpty()) {
        findings.ok(name + ": " + state.known().address() + " answers");
      } else if (own.contains(state.known().address())) {
        findings.warn(
            name + ": " + state.problem() + ", which is an address of this node itself",
            "start it: \"peal node\"");
      } else {
        findings.fail(name + ": " + state.problem(), remedy(state));
      }
    }
  }

  private static String remedy(EndpointState state) {
    String from = state.known().from();
    return state.problem().startsWith("cannot resolve")
        ? "correct the host in " + from + ", or give it an address in the DNS"
        : "start the publisher, open its port in firewalls, or correct or remove it in " + from;
  }
}
