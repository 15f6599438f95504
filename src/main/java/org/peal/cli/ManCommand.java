package org.peal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.peal.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code peal man}: writes the manual pages into a folder. */
@Command(
    name = "peal man",
    sortOptions = false,
    description =
        "Write the manual pages into DIR/man1 and DIR/man5: peal(1), a page for each command and"
            + " alias, and peal.yaml(5). Pages that are there already are replaced.",
    footer = {
      "",
      "Exit status: 0; 73 a folder or a page cannot be written.",
      "",
      "Examples:",
      "  peal man /usr/share/man",
      "  peal man ~/.local/share/man && man peal-tail"
    })
final class ManCommand extends PealCommand {

  @Parameters(paramLabel = "DIR", description = "The folder of manuals; made if there is none.")
  Path dir = Path.of("");

  ManCommand(Io io) {
    super(io);
  }

  @Override
  String name() {
    return "peal man";
  }

  @Override
  ExitCode run() {
    for (Map.Entry<String, String> page : Manual.pages(Cli.models(io)).entrySet()) {
      Path file = absolute(dir).resolve(page.getKey());
      try {
        Files.createDirectories(file.getParent());
        Files.writeString(file, page.getValue());
      } catch (IOException e) {
        throw new CommandException(
            ExitCode.CANNOT_CREATE, "cannot write " + file + ": " + e.getMessage());
      }
    }
    return ExitCode.OK;
  }
}
