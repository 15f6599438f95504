package org.peal.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peal.endpoint.Endpoint;
import org.peal.node.Forwarder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code peal gateway}: the whole bus on one address. */
@Command(
    name = "peal gateway",
    sortOptions = false,
    description =
        "Subscribe to every known endpoint and publish everything on one address, byte for byte,"
            + " until SIGTERM or Ctrl-C.",
    footer = {
      "",
      "Exit status: 0 after a signal; 66 a file is missing; 69 the host to listen on cannot be"
          + " resolved; 70 the forwarding has failed; 73 the address is in use or not of this"
          + " machine; 77 listening is not permitted; 78 the configuration is wrong, or --validate"
          + " has no authority.",
      "",
      "Examples:",
      "  peal gateway",
      "  peal gateway --connect tcp://relay.example.org:4001 --out 'tcp://*:9940'"
    })
final class GatewayCommand extends ForwardCommand {

  @Option(
      names = "--connect",
      arity = "1..*",
      paramLabel = "ADDRESS",
      description = "Connect here instead of the known endpoints.")
  List<String> connect = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "ADDRESS",
      description = "Publish on this address. Default: gateway.out, tcp://127.0.0.1:9940.")
  @Nullable String out;

  GatewayCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal gateway";
  }

  @Override
  void open(Setup setup, Forwarder forwarder, Stop stop) {
    Endpoint address = out == null ? setup.config().gateway().out() : Options.address("--out", out);
    Sources sources = Sources.open(this, setup, connect);
    stop.atEnd(sources::close);
    say("listening on " + Transports.bind(() -> forwarder.publishOn(address)));
    sources.follow(forwarder::follow);
  }
}
