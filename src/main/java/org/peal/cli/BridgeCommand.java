package org.peal.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peal.ExitCode;
import org.peal.bridge.DeadLetter;
import org.peal.bridge.DeadLetters;
import org.peal.bridge.Direction;
import org.peal.json.CanonicalJson;
import org.peal.node.Folders;
import org.peal.node.PartName;
import org.peal.node.PealConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal bridge}: messages from one bus to the other. */
@Command(
    name = "peal bridge",
    sortOptions = false,
    description = {
      "Take messages from ZeroMQ to a broker of fedora-messaging and back, without losing,",
      "doubling or altering any:",
      "  run            until SIGTERM or Ctrl-C, as a node with the parts that it needs",
      "  verify         watch both buses and tell what did not cross, or changed on the way",
      "  dead-letters   show what could not cross, and why",
      "  resend NAME .. let the bridge that runs, or the next one, try some of that again"
    },
    footer = {
      "",
      "Exit status: 0; for run as peal node; 1 no such dead letter, or something did not cross as"
          + " it should; 69 verify has not reached the broker; 78 the configuration is wrong.",
      "",
      "Examples:",
      "  peal bridge --config bridge/both.yaml",
      "  peal bridge verify --for 600 --resend",
      "  peal bridge dead-letters --json",
      "  peal bridge resend --all"
    })
final class BridgeCommand extends NodeCommand {

  private static final List<String> COLUMNS = List.of("NAME", "AT", "TOPIC", "ID", "REASON");

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTION",
      description = "run, verify, dead-letters or resend; default: run.")
  String action = "run";

  @Parameters(index = "1..*", paramLabel = "NAME", description = "With resend: which.")
  List<String> names = new ArrayList<>();

  @Option(names = "--all", description = "With resend: all dead letters.")
  boolean all;

  @Option(names = "--json", description = "With dead-letters and verify: one JSON object a line.")
  boolean json;

  @Option(
      names = "--for",
      paramLabel = "SECONDS",
      description = "With verify: how long to watch. Default: 60.")
  double lasting = 60;

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      description = "With verify: how long a message may take to cross. Default: 10.")
  double settling = 10;

  @Option(
      names = "--resend",
      description = "With verify: let the bridge send what is missing, and wait for it.")
  boolean resend;

  BridgeCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal bridge";
  }

  @Override
  ExitCode run() throws Exception {
    return switch (action) {
      case "run" -> super.run();
      case "verify" -> verify();
      case "dead-letters" -> show();
      case "resend" -> resend();
      default ->
          throw new CommandException(
              ExitCode.USAGE, "ACTION must be run, verify, dead-letters or resend: " + action);
    };
  }

  @Override
  void addTo(Map<String, Object> overrides) {
    PealConfig config = Setup.load(this, overrides).config();
    if (config.node().parts().contains(PartName.BRIDGE)) {
      return;
    }
    List<String> needed = new ArrayList<>();
    if (config.bridge().directions().contains(Direction.TO_ZMQ)) {
      needed.add(PartName.PUBLISHER.toString());
      if (config.publisher().store()) {
        needed.add(PartName.REPLAY.toString());
      }
    }
    needed.add(PartName.BRIDGE.toString());
    overrides.put("node.parts", needed);
  }

  private ExitCode verify() throws Exception {
    BridgeVerify.Wish wish =
        new BridgeVerify.Wish(
            Options.seconds("--for", lasting), Options.seconds("--settle", settling), resend, json);
    Map<String, Object> overrides = new LinkedHashMap<>();
    addTo(overrides);
    return new BridgeVerify(this, Setup.load(this, overrides), wish).run();
  }

  private DeadLetters letters() {
    return new DeadLetters(Folders.of(io.environment()).state());
  }

  private ExitCode show() {
    List<DeadLetter> letters = letters().list();
    Output out = new Output(io.out());
    if (json) {
      letters.forEach(letter -> out.line(CanonicalJson.write(object(letter))));
    } else if (letters.isEmpty()) {
      say("no dead letters");
    } else {
      new TextTable(COLUMNS, letters.stream().map(BridgeCommand::row).toList())
          .lines()
          .forEach(out::line);
    }
    out.flush();
    return ExitCode.OK;
  }

  private static ObjectNode object(DeadLetter letter) {
    ObjectNode object = letter.tree().deepCopy();
    object.put("name", letter.name());
    return object;
  }

  private static List<String> row(DeadLetter letter) {
    return List.of(
        letter.name(), letter.text("at"), letter.text("topic"), letter.text("id"), letter.reason());
  }

  private ExitCode resend() {
    if (all != names.isEmpty()) {
      throw new CommandException(ExitCode.USAGE, "resend needs names, or --all without names");
    }
    DeadLetters letters = letters();
    List<DeadLetter> chosen =
        letters.list().stream().filter(letter -> all || names.contains(letter.name())).toList();
    chosen.forEach(letters::tryAgain);
    say(chosen.size() + " handed to the bridge");
    return all || chosen.size() == names.stream().distinct().count()
        ? ExitCode.OK
        : ExitCode.NEGATIVE;
  }
}
