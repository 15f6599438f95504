package org.peal.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.peal.cli.Io.Terminals;

/** Runs a command in this process, with surroundings that a test decides. Immutable. */
record InProcess(Path folder, String input, Map<String, String> environment) {

  /** What a command left behind. */
  record Result(int status, String out, String err) {}

  /** Returns surroundings without input, in which the folder is also the user's home. */
  static InProcess in(Path folder) {
    return new InProcess(folder, "", Map.of("HOME", folder.toString()));
  }

  InProcess input(String text) {
    return new InProcess(folder, text, environment);
  }

  InProcess variable(String name, String value) {
    Map<String, String> more = new java.util.HashMap<>(environment);
    more.put(name, value);
    return new InProcess(folder, input, Map.copyOf(more));
  }

  Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Io io =
        new Io(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            folder,
            folder,
            new Terminals(false, false, false));
    int status = new Cli(io).run(args);
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
