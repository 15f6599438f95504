package org.peal.cli;

import picocli.CommandLine.Option;

/** The option that chooses a bus. */
final class BusOption {

  /** The buses. */
  enum Bus {
    /** ZeroMQ, without a broker. */
    zmq,
    /** AMQP, through a broker. */
    amqp
  }

  @Option(
      names = "--bus",
      paramLabel = "BUS",
      defaultValue = "zmq",
      description =
          "zmq, or amqp for the broker of the section amqp or of fedora-messaging's own file."
              + " Default: ${DEFAULT-VALUE}.")
  Bus bus = Bus.zmq;

  boolean isAmqp() {
    return bus == Bus.amqp;
  }
}
