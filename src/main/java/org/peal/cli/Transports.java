package org.peal.cli;

import java.util.function.Supplier;
import org.peal.ExitCode;
import org.peal.bus.zmq.ZmqConfig;
import org.peal.bus.zmq.ZmqException;
import org.peal.bus.zmq.ZmqTransport;

/** Opens transports and sockets for commands. Stateless. */
final class Transports {

  /** Far more than one machine's endpoint files name; the system's descriptors end before. */
  private static final int MOST_SOCKETS = 4000;

  private Transports() {}

  /** Returns a running transport; the death of one of its threads ends the program. */
  static ZmqTransport open(PealCommand command, ZmqConfig config) {
    ZmqTransport transport =
        new ZmqTransport(
            config,
            MOST_SOCKETS,
            fault -> {
              command.say("the transport failed: " + fault);
              Runtime.getRuntime().halt(ExitCode.INTERNAL.status());
            });
    transport.start();
    return transport;
  }

  /** Opens a listening socket, turning what the system says into an exit code. */
  static <T> T bind(Supplier<T> open) {
    try {
      return open.get();
    } catch (ZmqException e) {
      throw new CommandException(
          switch (e.kind()) {
            case ADDRESS_IN_USE, NOT_AVAILABLE -> ExitCode.CANNOT_CREATE;
            case NOT_PERMITTED -> ExitCode.REFUSED;
            case UNKNOWN_HOST -> ExitCode.UNREACHABLE;
            default -> ExitCode.INTERNAL;
          },
          String.valueOf(e.getMessage()));
    }
  }
}
