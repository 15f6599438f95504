package org.peal.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peal.ExitCode;
import org.peal.Threads;

/**
 * A program that is run for one match after the other, without a shell, with the match on its
 * standard input; what it prints goes where this process prints. One thread runs it, any other may
 * end it.
 */
final class Program {

  /** How a run ended. */
  enum End {
    EXITED,
    TIMED_OUT,
    STOPPED,
    NOT_STARTED
  }

  /**
   * What is known of a run.
   *
   * @param status the exit status; -1 if it has none of its own
   * @param detail why it was not started; empty otherwise
   */
  record Result(End end, int status, String detail) {

    boolean isSuccess() {
      return end == End.EXITED && status == 0;
    }

    String describe(Duration limit) {
      return switch (end) {
        case EXITED -> "ended with " + status;
        case TIMED_OUT ->
            "ran longer than " + Options.plain(limit.toMillis() / 1000.0) + " s and was ended";
        case STOPPED -> "was ended, because we end";
        case NOT_STARTED -> "did not start: " + detail;
      };
    }
  }

  private static final Duration GRACE = Duration.ofSeconds(2);

  /** Runs whose leftovers may hold their input open, each with a thread that waits for them. */
  private static final int MOST_LEFTOVERS = 16;

  private final List<String> command;
  private final Duration limit;
  private final List<Thread> leftovers = new ArrayList<>();
  private @Nullable Process running;
  private boolean stopped;

  private Program(List<String> command, Duration limit) {
    this.command = List.copyOf(command);
    this.limit = limit;
  }

  /**
   * Makes one.
   *
   * @param command the program and its arguments
   * @param limit how long a run may take
   * @throws CommandException if there is no such program
   */
  static Program of(Io io, List<String> command, Duration limit) {
    String name = command.get(0);
    Stream<Path> places =
        name.indexOf('/') >= 0
            ? Stream.of(io.folder().resolve(name))
            : Stream.of(io.environment().getOrDefault("PATH", "").split(":"))
                .map(folder -> io.folder().resolve(folder).resolve(name));
    if (places.noneMatch(file -> Files.isExecutable(file) && !Files.isDirectory(file))) {
      throw new CommandException(
          ExitCode.NO_INPUT,
          "no such command, or not executable: \"" + SafeText.line(name, 200) + "\"");
    }
    return new Program(command, limit);
  }

  Duration limit() {
    return limit;
  }

  /** Runs it for a match and returns how that ended. */
  Result run(Match match) throws InterruptedException {
    leftovers.removeIf(thread -> !thread.isAlive());
    if (leftovers.size() >= MOST_LEFTOVERS) {
      return notStarted("processes that earlier runs left behind do not read their input");
    }
    Process process;
    try {
      process = start(match.variables());
    } catch (IOException e) {
      return notStarted(String.valueOf(e.getMessage()));
    }
    Thread writer =
        Threads.daemon("peal-trigger-input", () -> write(process.getOutputStream(), match.json()));
    writer.start();
    Result result = await(process);
    writer.join(GRACE.toMillis());
    if (writer.isAlive()) {
      leftovers.add(writer);
    }
    return result;
  }

  private static Result notStarted(String why) {
    return new Result(End.NOT_STARTED, -1, why);
  }

  private synchronized Process start(Map<String, String> variables) throws IOException {
    if (stopped) {
      throw new IOException("we end");
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeAll(List.of(Match.TOPIC, Match.MSG_ID, Match.SIGNER));
    builder.environment().putAll(variables);
    Process process = builder.start();
    running = process;
    return process;
  }

  /** A program need not read its input; that it does not is no error. */
  private static void write(OutputStream input, byte[] json) {
    try (input) {
      input.write(json);
    } catch (IOException e) {
      return;
    }
  }

  private Result await(Process process) throws InterruptedException {
    boolean inTime = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (!inTime) {
      kill(process);
    }
    synchronized (this) {
      running = null;
      if (stopped) {
        return new Result(End.STOPPED, -1, "");
      }
    }
    return inTime
        ? new Result(End.EXITED, process.exitValue(), "")
        : new Result(End.TIMED_OUT, -1, "");
  }

  /** Starts nothing any more, and ends a run that is under way, at once. */
  void stop() throws InterruptedException {
    Process process;
    synchronized (this) {
      process = running;
      stopped = true;
    }
    if (process != null) {
      kill(process);
    }
  }

  /**
   * Ends a process with all that it has started: politely, then by force. By its handles, because
   * {@code Process.destroy} waits for a thread that writes to it.
   */
  private static void kill(Process process) throws InterruptedException {
    List<ProcessHandle> family = family(process);
    family.forEach(ProcessHandle::destroy);
    process.waitFor(GRACE.toNanos(), TimeUnit.NANOSECONDS);
    Stream.concat(family.stream(), family(process).stream())
        .forEach(ProcessHandle::destroyForcibly);
    process.waitFor(GRACE.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static List<ProcessHandle> family(Process process) {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }
}
