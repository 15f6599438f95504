package org.peal.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.peal.ExitCode;
import org.peal.Threads;

/**
 * Another Peal process whose lines are read as they come. The demo's commands are few and short.
 */
final class ChildProcess implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final String name;
  private final Process process;
  private final List<String> said = new ArrayList<>();
  private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> err = new LinkedBlockingQueue<>();

  private ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    pump(process.getInputStream(), out);
    pump(process.getErrorStream(), err);
  }

  /** Starts {@code peal ARGS} from the same installation, with more environment variables. */
  static ChildProcess start(Io io, List<String> args, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(io.home().resolve("bin").resolve("peal").toString());
    command.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new ChildProcess(args.get(0), process);
  }

  private void pump(InputStream in, BlockingQueue<String> lines) {
    Threads.daemon("peal-demo-" + name, () -> copy(in, lines)).start();
  }

  private static void copy(InputStream in, BlockingQueue<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      lines.add("(" + e.getMessage() + ")");
    }
  }

  /** Waits for a line on standard error that has {@code text} in it and returns what follows. */
  String awaitErr(String text, Duration limit) throws InterruptedException {
    for (Optional<String> line = next(err, limit); line.isPresent(); line = next(err, limit)) {
      said.add(line.get());
      int at = line.get().indexOf(text);
      if (at >= 0) {
        return line.get().substring(at + text.length());
      }
    }
    throw failed("did not say \"" + text + "\"");
  }

  /** Waits for a line on standard output. */
  String awaitOut(Duration limit) throws InterruptedException {
    return next(out, limit).orElseThrow(() -> failed("printed nothing"));
  }

  /** Returns the next line; empty when none came in time or the process has ended without one. */
  private Optional<String> next(BlockingQueue<String> lines, Duration limit)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() - end < 0) {
      boolean ended = !process.isAlive();
      String line = lines.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      if (line != null || ended) {
        return Optional.ofNullable(line);
      }
    }
    return Optional.empty();
  }

  /** Waits for the end, which must be a success. */
  void awaitEnd(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw failed("did not end");
    }
    if (process.exitValue() != 0) {
      throw failed("ended with " + process.exitValue());
    }
  }

  /** Asks the process to end, as an operator would, and returns its last line on standard error. */
  String terminate() throws InterruptedException {
    // Not Process.destroy, which closes the streams as well: the last words would be lost.
    process.toHandle().destroy();
    awaitEnd(GRACE);
    String last = "";
    for (Optional<String> line = next(err, GRACE); line.isPresent(); line = next(err, GRACE)) {
      last = line.get();
    }
    return last;
  }

  private CommandException failed(String what) {
    return new CommandException(
        ExitCode.INTERNAL, "peal " + name + " " + what + "; it said: " + String.join(" | ", said));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
