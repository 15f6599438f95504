package org.peal.cli;

import java.util.ArrayList;
import java.util.List;
import org.peal.endpoint.Endpoint;
import org.peal.node.Forwarder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code peal relay}: a stable address for short-lived publishers. */
@Command(
    name = "peal relay",
    sortOptions = false,
    description =
        "Take messages from short-lived publishers and publish them again, byte for byte, until"
            + " SIGTERM or Ctrl-C.",
    footer = {
      "",
      "Exit status: 0 after a signal; 66 a file is missing; 69 a host to listen on cannot be"
          + " resolved; 70 the forwarding has failed; 73 an address is in use or not of this"
          + " machine; 77 listening is not permitted; 78 the configuration is wrong, or --validate"
          + " has no authority.",
      "",
      "Examples:",
      "  peal relay",
      "  peal relay --in tcp://0.0.0.0:2001 --out tcp://0.0.0.0:4001",
      "  peal relay --validate --ca ca.crt --crl crl.pem --policy policy.yaml"
    })
final class RelayCommand extends ForwardCommand {

  @Option(
      names = "--in",
      arity = "1..*",
      paramLabel = "ADDRESS",
      description = "Receive on these addresses. Default: relay.in, tcp://127.0.0.1:2001.")
  List<String> in = new ArrayList<>();

  @Option(
      names = "--out",
      arity = "1..*",
      paramLabel = "ADDRESS",
      description = "Publish on these addresses. Default: relay.out, tcp://127.0.0.1:4001.")
  List<String> out = new ArrayList<>();

  RelayCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal relay";
  }

  @Override
  void open(Setup setup, Forwarder forwarder, Stop stop) {
    // Readers first: what is received from the first moment on has somewhere to go.
    List<Endpoint> outs =
        addresses("--out", out, setup.config().relay().out()).stream()
            .map(address -> Transports.bind(() -> forwarder.publishOn(address)))
            .toList();
    for (Endpoint address : addresses("--in", in, setup.config().relay().in())) {
      say("listening on " + Transports.bind(() -> forwarder.receiveOn(address)) + " (in)");
    }
    outs.forEach(address -> say("listening on " + address + " (out)"));
  }

  private static List<Endpoint> addresses(
      String option, List<String> given, List<Endpoint> configured) {
    return given.isEmpty()
        ? configured
        : given.stream().map(text -> Options.address(option, text)).toList();
  }
}
