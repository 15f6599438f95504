package org.peal.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code bin/peal} as users run it. Needs the packaged program, so only integration tests may use
 * it; it runs on the Java runtime that runs the tests.
 */
public final class PealProcess extends ExternalProcess {

  private PealProcess(List<String> command, Setting setting) {
    super(command, setting);
  }

  /** Starts {@code peal ARGS} in the root of the checkout. */
  public static PealProcess start(String... args) {
    return start(Setting.plain(), args);
  }

  /** Starts {@code peal ARGS} in a setting. */
  public static PealProcess start(Setting setting, String... args) {
    return startProgram("peal", setting, args);
  }

  /** Starts a program of the folder {@code bin}, such as {@code fedmsg-tail}. */
  public static PealProcess startProgram(String program, Setting setting, String... args) {
    List<String> command = new ArrayList<>();
    command.add(checkout().resolve("bin").resolve(program).toString());
    command.addAll(List.of(args));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    boolean chosen = setting.environment().containsKey("PEAL_JAVA");
    return new PealProcess(command, chosen ? setting : setting.with("PEAL_JAVA", java));
  }

  /** Runs {@code peal ARGS} on some input to its end, whatever the exit status. */
  public static PealProcess run(byte[] input, String... args) {
    return run(Setting.plain(), input, args);
  }

  /** Runs {@code peal ARGS} on some input to its end, whatever the exit status. */
  public static PealProcess run(String input, String... args) {
    return run(input.getBytes(StandardCharsets.UTF_8), args);
  }

  /** Runs {@code peal ARGS} in a setting on some input to its end, whatever the exit status. */
  public static PealProcess run(Setting setting, byte[] input, String... args) {
    PealProcess process = start(setting, args);
    try {
      process.write(input);
      process.closeInput();
      process.awaitExit();
      return process;
    } finally {
      process.close();
    }
  }
}
