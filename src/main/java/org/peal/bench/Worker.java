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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

/** A process that plays a role, as the one sees it that gives the orders. Used by one thread. */
final class Worker implements AutoCloseable {

  private static final long GRACE_SECONDS = 10;

  private final String role;
  private final Process process;
  private final OutputStream orders;
  private final BufferedReader answers;
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
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
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
    try {
      return answers.ready() || !process.isAlive();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode answer() {
    String line;
    try {
      line = answers.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (line == null) {
      throw new BenchException(
          "the %s has ended with %d".formatted(role, process.onExit().join().exitValue()));
    }
    JsonNode answer = StrictJson.parse(line.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    if (answer.has("error")) {
      throw new BenchException("the " + role + " says: " + answer.path("error").asText());
    }
    return answer;
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
