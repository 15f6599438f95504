package org.peal.cli;

import org.peal.bus.Bus;
import picocli.CommandLine.Option;

/** The option that chooses a bus. */
final class BusOption {

  /** The buses. */
  @Option(
      names = "--bus",
      paramLabel = "BUS",
      defaultValue = "zmq",
      converter = BusName.class,
      completionCandidates = BusName.class,
      description =
          "zmq, or amqp for the broker of the section amqp or of fedora-messaging's own file."
              + " Default: ${DEFAULT-VALUE}.")
  Bus bus = Bus.ZMQ;

  boolean isAmqp() {
    return bus == Bus.AMQP;
  }
}
