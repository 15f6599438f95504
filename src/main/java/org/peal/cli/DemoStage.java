package org.peal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.peal.cli.Colours.Style;
import org.peal.config.ConfigSources;

/** Where a demo shows its steps, the commands behind them, and what they say. For one thread. */
final class DemoStage {

  /** How long anything in a demo may take, on a machine that does much else too. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String JAVA_OPTIONS = "PEAL_JAVA_OPTS";

  private final Io io;
  private final Output out;
  private final Colours colours;
  private final Path folder;

  /** Makes a stage; {@code folder} is shown as {@code DIR}, and holds the state of all programs. */
  DemoStage(Io io, Colours colours, Path folder) {
    this.io = io;
    this.out = new Output(io.out());
    this.colours = colours;
    this.folder = folder;
  }

  /** Starts {@code peal ARGS}, which gets nothing to read, and shows it as a command line. */
  ChildProcess start(String... args) throws IOException {
    return ChildProcess.start(name(args), builder(args));
  }

  /** The same for a command that gets something to read. */
  ChildProcess startToWrite(String... args) throws IOException {
    return ChildProcess.startToWrite(name(args), builder(args));
  }

  private static String name(String... args) {
    return "peal " + args[0];
  }

  private ProcessBuilder builder(String... args) {
    command(String.join(" ", Stream.of(args).map(this::shown).toList()));
    List<String> command = new ArrayList<>();
    command.add(io.home().resolve("bin").resolve("peal").toString());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    setUp(builder.environment());
    return builder;
  }

  /**
   * What is set for other nodes of this user does not hold for those of the demo. Whatever is
   * killed leaves its files in the folder, and they go with it.
   */
  private void setUp(Map<String, String> environment) {
    environment.keySet().removeIf(ConfigSources::isSetting);
    environment.remove(FedoraMessagingFile.VARIABLE);
    environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    String options = io.environment().getOrDefault(JAVA_OPTIONS, "");
    environment.put(JAVA_OPTIONS, (options + " -Djava.io.tmpdir=" + folder).strip());
  }

  private String shown(String arg) {
    String text = arg.replace(folder.toString(), "DIR");
    return text.contains(" ") ? "'" + text + "'" : text;
  }

  /** Returns the next address on which a node says that it listens. */
  static String address(ChildProcess node) throws InterruptedException {
    String rest = node.awaitErr("listening on ", PATIENCE);
    int end = rest.indexOf(' ');
    return end < 0 ? rest : rest.substring(0, end);
  }

  void step(String text) {
    line("");
    line(colours.paint(Style.TITLE, text));
  }

  void command(String text) {
    line(colours.paint(Style.TIME, "  $ peal " + text));
  }

  void good(String what, String text) {
    line(colours.paint(Style.GOOD, "  " + what) + text);
  }

  void line(String text) {
    out.line(text);
    out.flush();
  }
}
