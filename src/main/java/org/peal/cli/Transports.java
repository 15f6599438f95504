package org.peal.cli;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.peal.ExitCode;
import org.peal.bus.zmq.HostResolver;
import org.peal.bus.zmq.ZmqConfig;
import org.peal.bus.zmq.ZmqException;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.endpoint.HostNames;
import org.peal.node.PealConfig;

/** Opens transports and sockets for commands. Stateless. */
final class Transports {

  /** Far more sockets than a command needs; the system's descriptors end before. */
  private static final int MOST_SOCKETS = 4000;

  private Transports() {}

  /**
   * Returns a running transport that asks the system for hosts; the death of one of its threads
   * ends the program.
   */
  static ZmqTransport open(PealCommand command, ZmqConfig config) {
    return open(command, config, HostResolver.system());
  }

  private static ZmqTransport open(PealCommand command, ZmqConfig config, HostResolver hosts) {
    ZmqTransport transport = new ZmqTransport(config, MOST_SOCKETS, hosts, fatal(command));
    transport.start();
    return transport;
  }

  /** Returns what ends the program when a thread of a transport has died. */
  static Consumer<Throwable> fatal(PealCommand command) {
    return fault -> {
      command.say("the transport failed: " + fault);
      Runtime.getRuntime().halt(ExitCode.INTERNAL.status());
    };
  }

  /** Returns a running transport that finds hosts and their limits as configured. */
  static ZmqTransport open(PealCommand command, PealConfig config) {
    return open(command, config.zmq(), new HostNames(config.dns())::resolve);
  }

  /** Opens a listening socket, turning what the system says into an exit code. */
  static <T> T bind(Supplier<T> open) {
    try {
      return open.get();
    } catch (ZmqException e) {
      throw new CommandException(exitCode(e), String.valueOf(e.getMessage()));
    }
  }

  /** Returns how a command ends that cannot listen. */
  static ExitCode exitCode(ZmqException e) {
    return switch (e.kind()) {
      case ADDRESS_IN_USE, NOT_AVAILABLE -> ExitCode.CANNOT_CREATE;
      case NOT_PERMITTED -> ExitCode.REFUSED;
      case UNKNOWN_HOST -> ExitCode.UNREACHABLE;
      default -> ExitCode.INTERNAL;
    };
  }
}
