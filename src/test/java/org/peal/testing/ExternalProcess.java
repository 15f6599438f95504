package org.peal.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that a test runs as a real process, with everything it prints. Thread-safe, but for
 * {@link #write}.
 *
 * <p>What is waited for has a deadline that even a slow machine meets. A wait that fails says what
 * was waited for and shows both streams, and so does {@link #toString()}. Nothing outlives {@link
 * #close()}.
 */
public abstract class ExternalProcess implements AutoCloseable {

  /** The exit status of a process that SIGKILL has ended. */
  private static final int KILLED = 128 + 9;

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Pattern LISTENING = Pattern.compile(".*\\blistening on (\\S+).*");
  private static final int SHOWN = 200;

  /** Where a process runs: variables added to the environment, and the current folder. */
  public record Setting(Map<String, String> environment, Path folder) {

    /** Returns the setting that most tests need: the checkout, and nothing added. */
    public static Setting plain() {
      return new Setting(Map.of(), checkout());
    }

    /** Returns a copy with one more variable. */
    public Setting with(String variable, String value) {
      Map<String, String> more = new java.util.HashMap<>(environment);
      more.put(variable, value);
      return new Setting(Map.copyOf(more), folder);
    }

    /** Returns a copy with more variables. */
    public Setting withAll(Map<String, String> variables) {
      Map<String, String> more = new java.util.HashMap<>(environment);
      more.putAll(variables);
      return new Setting(Map.copyOf(more), folder);
    }

    /** Returns a copy with another folder. */
    public Setting in(Path other) {
      return new Setting(environment, other);
    }
  }

  private final String name;
  private final Process process;
  private final CapturedStream out;
  private final CapturedStream err;

  /** Starts a command. */
  protected ExternalProcess(List<String> command, Setting setting) {
    name = String.join(" ", command);
    ProcessBuilder builder = new ProcessBuilder(command).directory(setting.folder().toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("PEAL_"));
    builder.environment().putAll(setting.environment());
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
    out = new CapturedStream("stdout of " + process.pid(), process.getInputStream());
    err = new CapturedStream("stderr of " + process.pid(), process.getErrorStream());
  }

  /** Returns the root of the checkout that is tested. */
  public static Path checkout() {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  }

  /** Returns the process id. */
  public final long pid() {
    return process.pid();
  }

  /** Returns whether it still runs. */
  public final boolean isAlive() {
    return process.isAlive();
  }

  /** Writes to standard input; a process that has closed it or has ended is no error. */
  public final void write(byte[] input) {
    try {
      OutputStream stdin = process.getOutputStream();
      stdin.write(input);
      stdin.flush();
    } catch (IOException e) {
      // What the process says and how it ends is what the test is about.
    }
  }

  /** Writes a line to standard input. */
  public final void writeLine(String line) {
    write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Ends standard input. */
  public final void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // See write.
    }
  }

  /** Closes this side of standard output, as {@code | head -1} does. */
  public final void closeOutput() {
    try {
      process.getInputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what came on standard output so far. */
  public final byte[] outBytes() {
    return out.bytes();
  }

  /** Returns the complete lines of standard output so far. */
  public final List<String> out() {
    return out.lines();
  }

  /** Returns the complete lines of standard error so far. */
  public final List<String> err() {
    return err.lines();
  }

  /** Returns the first line of standard output that holds a text, waiting for it. */
  public final String awaitOut(String text) {
    return out.awaitLine(line -> line.contains(text), DEADLINE)
        .orElseThrow(() -> failure("nothing on standard output holds \"" + text + "\""));
  }

  /** Returns the first line of standard error that holds a text, waiting for it. */
  public final String awaitErr(String text) {
    return err.awaitLine(line -> line.contains(text), DEADLINE)
        .orElseThrow(() -> failure("nothing on standard error holds \"" + text + "\""));
  }

  /** Waits for that many matching lines of standard output, and returns all there are by then. */
  public final List<String> awaitOut(int count, Predicate<String> wanted) {
    List<String> lines = out.awaitLines(count, wanted, DEADLINE);
    if (lines.size() < count) {
      throw failure("%d of %d lines on standard output".formatted(lines.size(), count));
    }
    return lines;
  }

  /** Returns whether a line of standard output that holds a text comes within a time. */
  public final boolean outHolds(String text, Duration limit) {
    return out.awaitLine(line -> line.contains(text), limit).isPresent();
  }

  /** Returns the first address that it says on standard error to be listening on. */
  public final String awaitListening() {
    return awaitListening(1).get(0);
  }

  /** Returns the addresses that it says on standard error to be listening on, in that order. */
  public final List<String> awaitListening(int count) {
    List<String> addresses = new ArrayList<>();
    err.awaitLine(line -> isListening(line, addresses) && addresses.size() == count, DEADLINE)
        .orElseThrow(() -> failure("not listening on " + count + " addresses"));
    return addresses;
  }

  private static boolean isListening(String line, List<String> addresses) {
    Matcher matcher = LISTENING.matcher(line);
    if (matcher.matches()) {
      addresses.add(matcher.group(1));
    }
    return matcher.matches();
  }

  /** Waits for its end and the end of its output, and returns the exit status. */
  public final int awaitExit() {
    return awaitExit(DEADLINE);
  }

  /** Waits for the end of one that may take longer than others. */
  public final int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        throw failure("did not end in " + limit.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted");
    }
    if (!out.awaitEnd(DEADLINE) || !err.awaitEnd(DEADLINE)) {
      throw failure("ended, but its output did not");
    }
    return process.exitValue();
  }

  /** Waits for its end and fails unless the exit status is this one. */
  public final void assertExit(int status) {
    int actual = awaitExit();
    if (actual != status) {
      throw failure("exit status " + actual + ", not " + status);
    }
  }

  /** Ends standard input, waits for the end and fails unless the exit status is this one. */
  public final void finish(int status) {
    closeInput();
    assertExit(status);
  }

  /** Sends SIGTERM. */
  public final void terminate() {
    // Process.destroy would also close the streams, and the last words were lost.
    process.toHandle().destroy();
  }

  /** Sends a signal by its short name, such as {@code INT} or {@code HUP}. */
  public final void signal(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it at once, wherever it is; fails if it came to another end before. */
  public final void kill() {
    signal("KILL");
    assertExit(KILLED);
  }

  /** Kills it if it still runs, and waits until it is gone. */
  @Override
  public final void close() {
    process.destroyForcibly();
    try {
      process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeInput();
  }

  /** Kills it with all that it has started, and waits until it is gone. */
  public final void closeTree() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    close();
  }

  /** Returns an error that shows both streams. */
  public final AssertionError failure(String what) {
    return new AssertionError(what + "\n" + this);
  }

  /** Returns the command, how it stands, and what it printed. */
  @Override
  public final String toString() {
    String state = process.isAlive() ? "running" : "exit status " + process.exitValue();
    return name + "\n(" + state + ")" + shown("stdout", out.lines()) + shown("stderr", err.lines());
  }

  private static String shown(String title, List<String> lines) {
    StringBuilder text = new StringBuilder("\n--- " + title);
    int skipped = Math.max(0, lines.size() - SHOWN);
    if (skipped > 0) {
      text.append("\n.. ").append(skipped).append(" lines before");
    }
    for (String line : lines.subList(skipped, lines.size())) {
      text.append('\n').append(line.length() > 1000 ? line.substring(0, 1000) + ".." : line);
    }
    return text.toString();
  }
}
