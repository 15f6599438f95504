package org.peal.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.endpoint.Endpoint;
import org.peal.node.HubMonitor;
import org.peal.node.HubReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code peal check}: asks a hub of fedmsg whether its consumers and producers run. */
@Command(
    name = "peal check",
    sortOptions = false,
    description =
        "Wait for one report of a hub of fedmsg, which it makes every five seconds, check that the"
            + " named consumers and producers are in it and initialized, and print it as JSON.",
    footer = {
      "",
      "Exit status: 0; 1 one is missing or not initialized; 65 what came is no report; 69 none came"
          + " within --timeout, or the address is an ipc socket, which Peal cannot read; 78 no"
          + " address is given or configured.",
      "",
      "Examples:",
      "  peal check --connect tcp://127.0.0.1:9942",
      "  peal check -c fedbadges -c datanommer -p MonitoringProducer --timeout 30"
    })
class CheckCommand extends PealCommand {

  @Option(
      names = {"-c", "--consumer"},
      paramLabel = "NAME",
      description = "This consumer must run; repeatable.")
  List<String> consumers = new ArrayList<>();

  @Option(
      names = {"-p", "--producer"},
      paramLabel = "NAME",
      description = "This producer must run; repeatable.")
  List<String> producers = new ArrayList<>();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long to wait for a report. Default: ${DEFAULT-VALUE}.")
  double timeout;

  @Option(
      names = "--connect",
      paramLabel = "ADDRESS",
      description = "Where the hub reports, tcp://HOST:PORT. Default: monitoring.socket.")
  @Nullable String connect;

  CheckCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal check";
  }

  @Override
  ExitCode run() throws Exception {
    Duration limit = Options.seconds("--timeout", timeout);
    Setup setup = Setup.load(this, Map.of());
    Endpoint address = address(setup);
    HubReport report = report(setup, address, limit);
    List<String> problems = new ArrayList<>();
    problems.addAll(report.problems(HubReport.Kind.CONSUMER, consumers));
    problems.addAll(report.problems(HubReport.Kind.PRODUCER, producers));
    problems.forEach(problem -> say(SafeText.line(problem, 300)));
    if (problems.isEmpty()) {
      tellVerdict(verdict());
      print(PrettyJson.format(report.tree(), new Colours(false)));
      return ExitCode.OK;
    }
    return ExitCode.NEGATIVE;
  }

  private String verdict() {
    return consumers.isEmpty() && producers.isEmpty()
        ? "no consumer or producer was named, here are all"
        : "all named consumers and producers run";
  }

  /** Says the verdict when all is well. */
  void tellVerdict(String text) {
    say(text);
  }

  /** Prints a line of data. */
  final void print(String text) {
    Output out = new Output(io.out());
    out.line(text);
    out.flush();
  }

  private Endpoint address(Setup setup) {
    String configured = setup.config().monitoring().socket();
    String option = connect == null ? "monitoring.socket" : "--connect";
    String text = connect == null ? configured : connect;
    if (text == null) {
      throw new CommandException(
          ExitCode.CONFIGURATION,
          "no address of a hub: give --connect tcp://HOST:PORT, or set monitoring.socket (the"
              + " hub's moksha.monitoring.socket)");
    }
    if (text.startsWith("ipc:")) {
      throw new CommandException(
          ExitCode.UNREACHABLE,
          option
              + ": the ipc socket of a program on libzmq cannot be read by Peal, whose ipc is a"
              + " loopback port: let the hub report on tcp://127.0.0.1:PORT instead: \""
              + text
              + "\"");
    }
    return Options.remote(option, text);
  }

  private HubReport report(Setup setup, Endpoint address, Duration limit)
      throws InterruptedException {
    try (ZmqTransport transport = Transports.open(this, setup.config())) {
      return HubMonitor.await(transport, address, limit)
          .map(HubReport::parse)
          .orElseThrow(() -> nothing(address, limit));
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.BAD_DATA, address + ": " + e.getMessage());
    }
  }

  private static CommandException nothing(Endpoint address, Duration limit) {
    return new CommandException(
        ExitCode.UNREACHABLE,
        "no report from "
            + address
            + " within "
            + Options.plain(limit.toMillis() / 1000.0)
            + " s: is the hub running, and is its moksha.monitoring.socket this address?");
  }
}
