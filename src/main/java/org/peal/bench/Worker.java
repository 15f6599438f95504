package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.peal.Threads;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

/** A process that plays a role, as the one sees it that gives the orders. Used by one thread. */
final class Worker implements AutoCloseable {

  private static final long GRACE_SECONDS = 10;

  private final String role;
  private final Process process;
  private final OutputStream orders;

  /** Its lines, and at the end of its output nothing. */
  private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

  private Duration limit = patience(0);
  private JsonNode greeting = Answers.done();

  /** Starts a process, which is to be used after {@link #awaitReady()}. */
  Worker(String role, List<String> command, String javaOptions) {
    this.role = role;
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    builder.environment().merge("PEAL_JAVA_OPTS", javaOptions, (ours, more) -> ours + " " + more);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new BenchException("cannot start " + command.get(0), e);
    }
    orders = process.getOutputStream();
    Threads.daemon("bench-" + role, this::read).start();
  }

  /** The role's own patience ends before, so that it can say what it waits for. */
  private static Duration patience(int messages) {
    return Lab.patience(messages).plus(Lab.PATIENCE);
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().map(Optional::of).forEach(answers::add);
    } catch (IOException | UncheckedIOException e) {
      // It was killed: nothing more comes.
      return;
    } finally {
      answers.add(Optional.empty());
    }
  }

  /** Waits until the process has taken up its role. */
  void awaitReady() {
    greeting = answer();
  }

  /** Returns what the worker said of itself. */
  String said(String member) {
    return greeting.path(member).asText();
  }

  /** Returns all that the worker said of itself. */
  JsonNode said() {
    return greeting;
  }

  /** Gives an order and waits for its answer. */
  JsonNode ask(ObjectNode order) {
    tell(order);
    return answer();
  }

  /** Gives an order whose answer is fetched by {@link #answer()}. */
  void tell(ObjectNode order) {
    limit = patience(order.path("count").intValue());
    try {
      orders.write(CanonicalJson.write(order));
      orders.write('\n');
      orders.flush();
    } catch (IOException e) {
      throw new BenchException("the " + role + " has ended", e);
    }
  }

  /** Tells whether the answer to the last order is there. */
  boolean hasAnswered() {
    return !answers.isEmpty();
  }

  JsonNode answer() {
    return answer(limit);
  }

  /** Waits for an answer, but no longer than some time. */
  JsonNode answer(Duration most) {
    String line = line(most);
    JsonNode answer = StrictJson.parse(line.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    if (answer.has("error")) {
      throw new BenchException("the " + role + " says: " + answer.path("error").asText());
    }
    return answer;
  }

  private String line(Duration most) {
    Optional<String> line;
    try {
      line = answers.poll(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted while the " + role + " works", e);
    }
    if (line == null) {
      throw new BenchException("the %s has not answered in %d s".formatted(role, most.toSeconds()));
    }
    return line.orElseThrow(
        () ->
            new BenchException(
                "the %s has ended with %d".formatted(role, process.onExit().join().exitValue())));
  }

  /** Lets the process end by itself, by force if it does not. */
  @Override
  public void close() {
    try {
      orders.close();
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the process at once and waits for that. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }
}
