package org.peal.cli;

import java.util.List;
import java.util.Map;
import org.peal.ExitCode;
import org.peal.config.ConfigEntry;
import org.peal.config.Configuration;
import org.peal.config.LoadedConfig;
import org.peal.node.PealConfig;
import org.peal.node.Trust;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal config}: shows and checks the configuration. */
@Command(
    name = "peal config",
    sortOptions = false,
    description = {
      "show   print every setting with its value",
      "check  read everything that the configuration names, and tell all that is wrong"
    },
    footer = {
      "",
      "Exit status: 0; 78 the configuration is wrong.",
      "",
      "Examples:",
      "  peal config show --origin",
      "  peal --config /etc/peal-test config check"
    })
final class ConfigCommand extends PealCommand {

  /** What to do. */
  enum Action {
    show,
    check
  }

  @Parameters(paramLabel = "show|check", description = "What to do.")
  Action action = Action.show;

  @Option(names = "--origin", description = "With show: where each value comes from.")
  boolean origin;

  ConfigCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal config";
  }

  @Override
  ExitCode run() {
    return action == Action.show ? show() : check();
  }

  private ExitCode show() {
    LoadedConfig loaded = Configuration.load(Setup.sources(this, Map.of()));
    Output out = new Output(io.out());
    for (ConfigEntry entry : loaded.origins(PealConfig.class)) {
      String value = entry.value() == null ? "" : " " + entry.value();
      out.line(entry.key() + ":" + value + (origin ? "  # " + entry.origin() : ""));
    }
    out.flush();
    return ExitCode.OK;
  }

  private ExitCode check() {
    Setup setup = Setup.load(this, Map.of());
    Trust.verifier(setup.config().crypto());
    Sources.open(this, setup, List.of()).close();
    List<String> files = setup.loaded().files().stream().map(Object::toString).toList();
    say(
        "all is well"
            + (files.isEmpty() ? ", there are no files" : " in " + String.join(", ", files)));
    return ExitCode.OK;
  }
}
