package org.peal.cli;

import java.util.List;
import java.util.Map;
import org.peal.ExitCode;
import org.peal.config.ConfigEntry;
import org.peal.config.ConfigException;
import org.peal.config.Configuration;
import org.peal.config.LoadedConfig;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.TrustException;
import org.peal.crypto.x509.KeyPairFiles;
import org.peal.node.OwnKeys;
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
      "Exit status: 0; 66 no such file or folder; 78 the configuration is wrong.",
      "",
      "Examples:",
      "  peal config show --origin",
      "  peal config check --config /etc/peal-test"
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
    CryptoConfig crypto = setup.config().crypto();
    List<Runnable> checks =
        List.of(
            () -> Trust.verifier(crypto),
            () ->
                new OwnKeys(crypto, Setup.hostName(io))
                    .find(null, "shell")
                    .ifPresent(KeyPairFiles::load),
            () -> Sources.open(this, setup, List.of()).close());
    // All of them run, so that all that is wrong is told at once.
    if (checks.stream().filter(check -> !passes(check)).count() > 0) {
      return ExitCode.CONFIGURATION;
    }
    List<String> files = setup.loaded().files().stream().map(Object::toString).toList();
    say(
        "all is well"
            + (files.isEmpty() ? ", there are no files" : " in " + String.join(", ", files)));
    return ExitCode.OK;
  }

  private boolean passes(Runnable check) {
    try {
      check.run();
      return true;
    } catch (ConfigException e) {
      e.problems().forEach(problem -> say(problem.toString()));
    } catch (TrustException | CommandException e) {
      say(String.valueOf(e.getMessage()));
    }
    return false;
  }
}
