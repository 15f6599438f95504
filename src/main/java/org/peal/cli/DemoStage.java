package org.peal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.peal.cli.Colours.Style;

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
    ChildProcess process = startToWrite(args);
    process.closeInput();
    return process;
  }

  /** The same for a command that gets something to read. */
  ChildProcess startToWrite(String... args) throws IOException {
    command(String.join(" ", Stream.of(args).map(this::shown).toList()));
    return ChildProcess.start(io, List.of(args), environment());
  }

  /** Whatever is killed leaves its files here, and they go with the folder. */
  private Map<String, String> environment() {
    String options = io.environment().getOrDefault(JAVA_OPTIONS, "");
    return Map.of(
        "XDG_STATE_HOME",
        folder.resolve("state").toString(),
        JAVA_OPTIONS,
        (options + " -Djava.io.tmpdir=" + folder).strip());
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
