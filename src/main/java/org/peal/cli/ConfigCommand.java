package org.peal.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.config.ConfigEntry;
import org.peal.config.ConfigException;
import org.peal.config.ConfigReference;
import org.peal.config.Suggestion;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.TrustException;
import org.peal.node.FedmsgImport;
import org.peal.node.FedoraMessagingImport;
import org.peal.node.HandlerSections;
import org.peal.node.OwnKeys;
import org.peal.node.PealConfig;
import org.peal.node.Trust;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peal config}: shows and checks the configuration. */
@Command(
    name = "peal config",
    customSynopsis = "peal config [OPTIONS] ACTION [KEY|FILE]",
    sortOptions = false,
    description = {
      "show                print every setting with its value",
      "check               read everything that is named, and tell all that is wrong",
      "explain KEY         tell what a setting means and what it is now",
      "import-fedmsg FILE  turn what fedmsg-config prints into a configuration folder,",
      "                    and print the keys that have no counterpart",
      "import-fedora-messaging [FILE]  the same for fedora-messaging's own file;",
      "                    without FILE for the one in use"
    },
    footer = {
      "",
      "Exit status: 0; 1 no such setting; 2 FEDORA_MESSAGING_CONF names no file; 66 no such file or"
          + " folder; 73 a file exists already; 78 the configuration is wrong.",
      "",
      "Examples:",
      "  peal config show --origin",
      "  peal config check --config /etc/peal-test",
      "  peal config explain crypto.crl",
      "  fedmsg-config > fedmsg.json && peal config import-fedmsg fedmsg.json",
      "  peal config import-fedora-messaging fedora.toml --into site"
    })
final class ConfigCommand extends PealCommand {

  /** What to do. */
  enum Action {
    SHOW,
    CHECK,
    EXPLAIN,
    IMPORT_FEDMSG,
    IMPORT_FEDORA_MESSAGING
  }

  /** Every setting, for shells that complete what is to be explained. */
  static final class Keys implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ConfigReference.explanations(PealConfig.class).stream()
          .map(ConfigReference.Explanation::key)
          .iterator();
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "show|check|explain|import-fedmsg|import-fedora-messaging",
      description = "What to do.")
  Action action = Action.SHOW;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "KEY|FILE",
      completionCandidates = Keys.class,
      description =
          "With explain: a setting, or a section for all of its settings. With import-fedmsg: what"
              + " fedmsg-config has printed. With import-fedora-messaging: its file.")
  @Nullable String key;

  @Option(names = "--origin", description = "With show: where each value comes from.")
  boolean origin;

  @Option(
      names = "--into",
      paramLabel = "FOLDER",
      defaultValue = "peal",
      description = "With an import: where to write. Default: ${DEFAULT-VALUE}.")
  Path into = Path.of("peal");

  ConfigCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal config";
  }

  @Override
  boolean mayBeOnAmqp() {
    return true;
  }

  @Override
  ExitCode run() {
    return switch (action) {
      case SHOW -> show();
      case CHECK -> check();
      case EXPLAIN -> explain();
      case IMPORT_FEDMSG -> importFedmsg();
      case IMPORT_FEDORA_MESSAGING -> importFedoraMessaging();
    };
  }

  private ExitCode importFedmsg() {
    if (key == null) {
      throw new CommandException(
          ExitCode.USAGE, "import-fedmsg needs the file that fedmsg-config has printed");
    }
    Path dump = readable("import-fedmsg", Path.of(key));
    return ConfigImporter.run(this, dump, FedmsgImport.read(dump), into);
  }

  private ExitCode importFedoraMessaging() {
    Path file =
        key == null
            ? FedoraMessagingFile.inUse(this)
            : readable("import-fedora-messaging", Path.of(key));
    return ConfigImporter.run(this, file, FedoraMessagingImport.read(file), into);
  }

  private ExitCode explain() {
    if (key == null) {
      throw new CommandException(ExitCode.USAGE, "explain needs a key, such as crypto.ca");
    }
    List<ConfigReference.Explanation> all = ConfigReference.explanations(PealConfig.class);
    NamedKey named = NamedKey.of(key, all.stream().map(ConfigReference.Explanation::key).toList());
    List<ConfigReference.Explanation> found =
        all.stream().filter(e -> named.covers(e.key())).toList();
    if (found.isEmpty()) {
      List<String> keys = all.stream().map(ConfigReference.Explanation::key).toList();
      throw new CommandException(ExitCode.NEGATIVE, key + ": " + Suggestion.unknownKey(key, keys));
    }
    Map<String, ConfigEntry> entries = new LinkedHashMap<>();
    entries().forEach(entry -> entries.put(entry.key(), entry));
    Output out = new Output(io.out());
    for (ConfigReference.Explanation one : found) {
      ConfigEntry nothing = new ConfigEntry(one.key(), one.builtIn(), "default");
      explain(one, entries.getOrDefault(named.inForce(one.key()), nothing), out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private static void explain(ConfigReference.Explanation known, ConfigEntry entry, Output out) {
    out.line(known.key());
    out.line("  " + known.meaning().replace("`", ""));
    out.line("  type:        " + known.type().replace("`", ""));
    out.line("  default:     " + (known.builtIn() == null ? "not set" : known.builtIn()));
    out.line("  environment: " + known.variable());
    out.line("  now:         " + (entry.value() == null ? "not set" : entry.value()));
    out.line("  from:        " + entry.origin());
  }

  private ExitCode show() {
    Output out = new Output(io.out());
    for (ConfigEntry entry : entries()) {
      String value = entry.value() == null ? "" : " " + entry.value();
      out.line(entry.key() + ":" + value + (origin ? "  # " + entry.origin() : ""));
    }
    out.flush();
    return ExitCode.OK;
  }

  /** Returns every setting as it is in force, with the certificate files that were found. */
  private List<ConfigEntry> entries() {
    Setup setup = Setup.load(this, Map.of());
    CryptoConfig crypto = setup.config().crypto();
    Map<String, Object> found = new LinkedHashMap<>();
    put(found, "crypto.ca", crypto.ca());
    put(found, "crypto.crl", crypto.crl());
    put(found, "crypto.directory", crypto.directory());
    return setup.loaded().origins(PealConfig.class).stream()
        .map(
            entry ->
                entry.value() == null && found.containsKey(entry.key())
                    ? new ConfigEntry(
                        entry.key(), found.get(entry.key()).toString(), "found beside it")
                    : entry)
        .toList();
  }

  private static void put(Map<String, Object> found, String name, @Nullable Object place) {
    if (place != null) {
      found.put(name, place);
    }
  }

  private ExitCode check() {
    Setup setup = Setup.load(this, Map.of());
    CryptoConfig crypto = setup.config().crypto();
    PealConfig config = setup.config();
    List<Runnable> checks = new ArrayList<>();
    checks.add(() -> Trust.verifier(crypto));
    checks.add(
        () -> new OwnKeys(crypto, Setup.hostName(io)).signer(null, "shell", CryptoProvider.JDK));
    checks.add(() -> Sources.open(this, setup, List.of()).close());
    checks.add(() -> config.amqp().readSchemas());
    checks.add(() -> config.amqp().requireTlsFiles());
    checks.add(() -> HandlerSections.requireOwnQueues(config));
    InstantSource clock = InstantSource.system();
    config
        .handlers()
        .keySet()
        .forEach(name -> checks.add(() -> HandlerSections.check(config, name, clock)));
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
