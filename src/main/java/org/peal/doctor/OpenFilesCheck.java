package org.peal.doctor;

import java.util.OptionalLong;
import org.peal.bus.zmq.FileDescriptors;
import org.peal.endpoint.EndpointCensus;
import org.peal.node.ListeningAddresses;

/** May the process open as many files as its connections need? */
final class OpenFilesCheck implements Check {

  private static final int READERS = 100;

  @Override
  public String what() {
    return "open files";
  }

  @Override
  public void look(Patient patient, Findings findings) throws InterruptedException {
    OptionalLong limit = patient.machine().openFiles();
    EndpointCensus census = patient.bus().observe(patient).census();
    int sockets = census.endpoints().size() + ListeningAddresses.of(patient.config()).size();
    long needed = FileDescriptors.needed(sockets, READERS);
    if (limit.isPresent() && limit.getAsLong() < needed) {
      findings.fail(
          "the limit is "
              + limit.getAsLong()
              + ", but "
              + sockets
              + " sockets and "
              + READERS
              + " readers need "
              + needed,
          "raise LimitNOFILE in the unit, or ulimit -n, to at least " + 2 * needed);
    } else {
      findings.ok(needed + " needed, limit " + (limit.isPresent() ? limit.getAsLong() : "unknown"));
    }
  }
}
