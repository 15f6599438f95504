package org.peal.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.peal.ExitCode;
import org.peal.Threads;

/**
 * Another process whose lines are read as they come, Peal's or another program's. The demo's
 * commands are few and short.
 */
final class ChildProcess implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final String name;
  private final Process process;
  private final List<String> said = new ArrayList<>();
  private final Lines out;
  private final Lines err;

  /** What it says on one of its streams, and who reads that. */
  private record Lines(BlockingQueue<String> read, Thread reader) {}

  private ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.out = pump(process.getInputStream());
    this.err = pump(process.getErrorStream());
  }

  /**
   * Starts a program that reads nothing, and does not outlive this process.
   *
   * @param name what people know it by
   */
  static ChildProcess start(String name, ProcessBuilder builder) throws IOException {
    return new ChildProcess(name, builder.command(ParentWatch.over(builder.command())).start());
  }

  /** Starts a program that ends by itself when there is nothing more to read. */
  static ChildProcess startToWrite(String name, ProcessBuilder builder) throws IOException {
    return new ChildProcess(name, builder.start());
  }

  private Lines pump(InputStream in) {
    BlockingQueue<String> read = new LinkedBlockingQueue<>();
    Thread reader = Threads.daemon("peal-demo-" + name, () -> copy(in, read));
    reader.start();
    return new Lines(read, reader);
  }

  private static void copy(InputStream in, BlockingQueue<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      lines.add("(" + e.getMessage() + ")");
    }
  }

  /** Gives it a line to read. */
  void write(String line) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  /** Tells it that there is nothing more to read. */
  void closeInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Waits for a line on standard error that has {@code text} in it and returns what follows. */
  String awaitErr(String text, Duration limit) throws InterruptedException {
    return await(err, text, limit);
  }

  /** The same on standard output. */
  String awaitOut(String text, Duration limit) throws InterruptedException {
    return await(out, text, limit);
  }

  private String await(Lines lines, String text, Duration limit) throws InterruptedException {
    for (Optional<String> line = next(lines, limit); line.isPresent(); line = next(lines, limit)) {
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
  private Optional<String> next(Lines lines, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (process.isAlive() && System.nanoTime() - end < 0) {
      String line = lines.read().poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      if (line != null) {
        return Optional.of(line);
      }
    }
    return process.isAlive() ? Optional.empty() : nextOfTheEnded(lines);
  }

  /** Its last words may be on their way, but come no more when the stream has ended. */
  private static Optional<String> nextOfTheEnded(Lines lines) throws InterruptedException {
    if (lines.read().isEmpty()) {
      lines.reader().join(GRACE.toMillis());
    }
    return Optional.ofNullable(lines.read().poll());
  }

  /** Returns whether it still runs. */
  boolean isAlive() {
    return process.isAlive();
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
    awaitEnd(DemoStage.PATIENCE);
    String last = "";
    for (Optional<String> line = next(err, GRACE); line.isPresent(); line = next(err, GRACE)) {
      last = line.get();
    }
    return last;
  }

  /** Returns what to throw when it does not do what it should: that, and what it has said. */
  CommandException failed(String what) {
    err.read().drainTo(said);
    return new CommandException(
        ExitCode.INTERNAL, name + " " + what + "; it said: " + String.join(" | ", said));
  }

  /**
   * Ends it, with all that it has started, and waits until it is gone, also when this thread is
   * interrupted: then the folder that it wrote to can go, too.
   */
  @Override
  public void close() {
    List<ProcessHandle> family =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    try {
      closeInput(); // which also ends what is no descendant any more
    } catch (IOException e) {
      said.add("(" + e.getMessage() + ")");
    }
    family.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture.allOf(
            family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, GRACE.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
