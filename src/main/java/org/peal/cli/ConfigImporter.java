package org.peal.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.peal.ExitCode;
import org.peal.node.ConfigImport;

/** Writes the configuration folder that another program's configuration leads to. Stateless. */
final class ConfigImporter {

  private ConfigImporter() {}

  /**
   * Writes the files into a folder, which may exist, and prints the keys that are left out.
   *
   * @param original the other program's configuration, which can be read
   * @param imported what it leads to
   * @throws CommandException if one of the files exists; nothing is written then
   */
  static ExitCode run(PealCommand command, Path original, ConfigImport imported, Path folder) {
    // What it says must hold before it is written anew: the command's configuration is it.
    command.config = original;
    Setup.load(command, Map.of());
    Path into = command.absolute(folder);
    for (String name : imported.files().keySet()) {
      if (Files.exists(into.resolve(name))) {
        throw exists(folder.resolve(name));
      }
    }
    for (Map.Entry<String, String> file : imported.files().entrySet()) {
      write(into.resolve(file.getKey()), file.getValue());
      command.say("wrote " + folder.resolve(file.getKey()));
    }
    Output out = new Output(command.io.out());
    imported.left().forEach((key, reason) -> out.line(SafeText.line(key, 100) + ": " + reason));
    out.flush();
    command.say("look at it, then: peal config check --config " + folder);
    return ExitCode.OK;
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException e) {
      throw new CommandException(ExitCode.CANNOT_CREATE, "cannot write " + file + ": " + e);
    }
  }

  private static CommandException exists(Path file) {
    return new CommandException(
        ExitCode.CANNOT_CREATE, file + " exists and is not overwritten: give another --into");
  }
}
