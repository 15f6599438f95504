package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.peal.ExitCode;
import org.peal.bus.zmq.FileDescriptors;
import org.peal.config.ConfigException;
import org.peal.config.Problem;
import org.peal.doctor.Bus;
import org.peal.doctor.Doctor;
import org.peal.doctor.Finding;
import org.peal.doctor.Patient;
import org.peal.json.CanonicalJson;
import org.peal.node.PealConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code peal doctor}: why does nothing arrive? */
@Command(
    name = "peal doctor",
    sortOptions = false,
    description =
        "Look for what keeps this machine from publishing and receiving, and say what to do about"
            + " it: configuration, keys, certificates, policy, publishers, received messages, ports"
            + " and the machine itself. Nothing is published and nothing is changed.",
    footer = {
      "",
      "Each line is \"ok\", \"warn\" or \"fail\", what was looked at, and what was seen; the line"
          + " below it says what to do.",
      "",
      "Exit status: 0 nothing failed; 1 something did; 66 a file is missing.",
      "",
      "Examples:",
      "  peal doctor",
      "  peal doctor --config site --for 30",
      "  peal doctor --json | jq 'select(.level != \"ok\")'"
    })
final class DoctorCommand extends PealCommand {

  private static final int MOST = 1000;

  @Option(
      names = "--for",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long to wait for a message of each publisher. Default: ${DEFAULT-VALUE}.")
  double watch;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Give up what is not known by then. Default: ${DEFAULT-VALUE}.")
  double timeout;

  @Option(names = "--json", description = "Print one JSON object for each line.")
  boolean json;

  @Mixin TrustOptions trust = new TrustOptions();

  DoctorCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal doctor";
  }

  @Override
  boolean mayBeOnAmqp() {
    return true;
  }

  @Override
  ExitCode run() throws Exception {
    Duration patience = Options.seconds("--for", watch);
    Duration limit = Options.seconds("--timeout", timeout);
    List<Finding> findings = Doctor.examine(patient(patience), limit);
    Output out = new Output(io.out());
    findings.forEach(finding -> print(finding, out));
    out.flush();
    boolean failed = findings.stream().anyMatch(f -> f.level() == Finding.Level.FAIL);
    return failed ? ExitCode.NEGATIVE : ExitCode.OK;
  }

  private Patient patient(Duration patience) {
    Bus bus = new Bus(config -> Transports.open(this, config), patience);
    try {
      Setup setup = Setup.load(this, trust.overrides(this));
      return new Patient(
          Optional.of(setup.config()),
          List.of(),
          setup.loaded().files(),
          setup.endpointFolder(io),
          machine(),
          bus,
          DoctorCommand::ask);
    } catch (ConfigException e) {
      List<Problem> problems = e.problems();
      return new Patient(
          Optional.empty(),
          problems,
          List.of(),
          Optional.empty(),
          machine(),
          bus,
          DoctorCommand::ask);
    }
  }

  private static Optional<JsonNode> ask(PealConfig config) throws InterruptedException {
    Optional<RunningNode> node = RunningNode.of(config.status());
    try {
      return node.isPresent() ? node.get().ask().map(RunningNode.Answer::status) : Optional.empty();
    } catch (CommandException e) {
      // What has the port but is no node is found by the check of ports.
      return Optional.empty();
    }
  }

  private Patient.Machine machine() {
    return new Patient.Machine(
        Setup.hostName(io),
        io.environment(),
        InstantSource.system(),
        Path.of(System.getProperty("java.io.tmpdir", "/tmp")),
        Path.of("/proc/self/mounts"),
        FileDescriptors.limit());
  }

  private void print(Finding finding, Output out) {
    if (json) {
      ObjectNode one = JsonNodeFactory.instance.objectNode();
      one.put("level", finding.level().toString());
      one.put("what", finding.what());
      one.put("detail", finding.detail());
      one.put("remedy", finding.remedy());
      out.line(CanonicalJson.write(one));
      return;
    }
    out.line(
        SafeText.line(
            String.format("%-4s  %s: %s", finding.level(), finding.what(), finding.detail()),
            MOST));
    if (!finding.remedy().isEmpty()) {
      out.line(SafeText.line("      -> " + finding.remedy(), MOST));
    }
  }
}
