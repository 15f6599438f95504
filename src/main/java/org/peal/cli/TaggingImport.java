package org.peal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.peal.ExitCode;
import org.peal.handler.tagging.action.MtsSettingsFile;

/** {@code peal tagging import-mts}: the settings of the original as a section of Peal's. */
final class TaggingImport {

  private static final String CONFIG_FILE = "MTS_CONFIG_FILE";
  private static final String USUAL = "/etc/mts/config.py";
  private static final int LONGEST = 300;

  private final TaggingCommand command;

  TaggingImport(TaggingCommand command) {
    this.command = command;
  }

  /** Prints the section; says what is not taken over, and what cannot be read. */
  ExitCode run() {
    Map<String, String> environment = command.io.environment();
    Path file =
        command.files.isEmpty()
            ? Path.of(environment.getOrDefault(CONFIG_FILE, USUAL))
            : Path.of(command.files.get(0));
    List<String> classes =
        environment.containsKey("MTS_DEV")
            ? List.of("BaseConfiguration", "DevConfiguration")
            : List.of("BaseConfiguration");
    MtsSettingsFile settings = read(file, classes);
    Output out = new Output(command.io.out());
    settings.toYaml().lines().forEach(out::line);
    out.flush();
    settings
        .left()
        .forEach((name, why) -> command.say(SafeText.line(name + ": left out: " + why, LONGEST)));
    settings
        .unread()
        .forEach(
            (line, why) ->
                command.say(
                    SafeText.line(file + ":" + line + ": cannot be read: " + why, LONGEST)));
    return settings.unread().isEmpty() ? ExitCode.OK : ExitCode.NEGATIVE;
  }

  private MtsSettingsFile read(Path file, List<String> classes) {
    Path readable = command.readable("import-mts", file);
    try {
      return MtsSettingsFile.read(Files.readString(readable), classes);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandException(ExitCode.BAD_DATA, file + " " + e.getMessage());
    }
  }
}
