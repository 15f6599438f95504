package org.peal.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.KeyKind;

/**
 * Where measurements are made: a folder with keys and messages, and the processes that were
 * started. Closing it leaves nothing behind. Used by one thread, but closed by any.
 */
public final class Lab implements AutoCloseable {

  /** How long a role waits for another one to do what takes no time. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long one message may take at most, far beyond what any does. */
  private static final Duration FOR_EACH = Duration.ofMillis(10);

  static final int EQUAL_LENGTH = 1024;

  private static final int SIGNED = 2000;
  private static final int UNSIGNED = 1000;

  private final Launcher launcher;
  private final Effort effort;
  private final Optional<String> broker;
  private final KeyKind kind;
  private final Consumer<String> progress;
  private final Path folder;
  private final List<Worker> workers = new ArrayList<>();
  private @Nullable BenchKeys keys;
  private int folders;
  private boolean isClosed;

  /**
   * Makes a lab in a new folder below the one for temporary files.
   *
   * @param broker the address of one, for the paths that need it
   * @param kind the kind of the keys that messages are signed with
   * @param progress told what is being done
   */
  public Lab(
      Launcher launcher,
      Effort effort,
      Optional<String> broker,
      KeyKind kind,
      Consumer<String> progress)
      throws IOException {
    this.launcher = launcher;
    this.effort = effort;
    this.broker = broker;
    this.kind = kind;
    this.progress = progress;
    this.folder = Files.createTempDirectory("peal-bench-");
  }

  Effort effort() {
    return effort;
  }

  /** Returns the address of the broker. */
  String broker() {
    return broker.orElseThrow(() -> new BenchException("no broker is at hand"));
  }

  KeyKind kind() {
    return kind;
  }

  /** Returns the name of a row whose figure depends on the kind of the keys. */
  String named(String what) {
    return kind == KeyKind.RSA ? what : what + ", " + kind.title();
  }

  /** Says what is being done. */
  void say(String text) {
    progress.accept(text);
  }

  /** Returns the command line of {@code peal ARGS}. */
  List<String> commandLine(String... args) {
    return launcher.commandLine(List.of(args));
  }

  BenchKeys keys() {
    BenchKeys made = keys;
    if (made == null) {
      made = BenchKeys.create(folder.resolve("keys"), kind);
      keys = made;
    }
    return made;
  }

  /** Returns a new folder. */
  Path newFolder(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name + "-" + folders++));
  }

  /** Returns a file of signed messages. */
  Path signed() throws IOException {
    Path file = folder.resolve("signed");
    if (!Files.exists(file)) {
      say("signing messages");
      int count = Math.min(SIGNED, effort.count(SIGNED));
      FrameFile.write(file, SampleMessages.signed(count, keys().signer(CryptoProvider.FAST)));
    }
    return file;
  }

  /** Returns a file of unsigned messages. */
  Path unsigned() throws IOException {
    Path file = folder.resolve("unsigned");
    if (!Files.exists(file)) {
      FrameFile.write(file, SampleMessages.unsigned(UNSIGNED));
    }
    return file;
  }

  /** Returns a file of unsigned messages as the log of a node holds them. */
  Path stored() throws IOException {
    Path file = folder.resolve("stored");
    if (!Files.exists(file)) {
      FrameFile.write(file, SampleMessages.stored(UNSIGNED));
    }
    return file;
  }

  /** Returns a file with one unsigned message of {@link #EQUAL_LENGTH} bytes. */
  Path equal() throws IOException {
    Path file = folder.resolve("equal");
    if (!Files.exists(file)) {
      byte[] message = SampleMessages.unsigned(1).get(0);
      FrameFile.write(file, List.of(Arrays.copyOf(message, EQUAL_LENGTH)));
    }
    return file;
  }

  /** Returns how long a role may work on so many messages until it has failed. */
  static Duration patience(int messages) {
    return PATIENCE.plus(FOR_EACH.multipliedBy(messages));
  }

  static ObjectNode terms() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode order(String what) {
    return terms().put("do", what);
  }

  static ObjectNode order(String what, int count) {
    return order(what).put("count", count);
  }

  Worker start(String role, ObjectNode terms) {
    return start(role, terms, "");
  }

  /**
   * Starts a worker, which ends with the lab or before.
   *
   * @param javaOptions more options of its Java machine
   */
  Worker start(String role, ObjectNode terms, String javaOptions) {
    Worker worker;
    synchronized (workers) {
      if (isClosed) {
        throw new BenchException("the measurement is being ended");
      }
      worker = new Worker(role, commandLine("bench-worker", role, terms.toString()), javaOptions);
      workers.add(worker);
    }
    worker.awaitReady();
    return worker;
  }

  /** Ends the workers that were started, in the reverse order. */
  void dismiss() {
    List<Worker> all;
    synchronized (workers) {
      all = new ArrayList<>(workers);
      workers.clear();
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      all.get(i).close();
    }
  }

  /** Measures a figure and its limit in turn: once to warm up, then for the median. */
  List<Row.Round> rounds(DoubleSupplier figure, DoubleSupplier limit) {
    List<Row.Round> rounds = new ArrayList<>();
    for (int i = 0; i <= effort.runs(); i++) {
      say(i == 0 ? "warming up" : "round " + i + " of " + effort.runs());
      Row.Round round = new Row.Round(figure.getAsDouble(), limit.getAsDouble());
      if (i > 0) {
        rounds.add(round);
      }
    }
    return rounds;
  }

  @Override
  public void close() {
    synchronized (workers) {
      if (isClosed) {
        return;
      }
      isClosed = true;
      workers.forEach(Worker::kill);
      workers.clear();
    }
    delete(folder);
  }

  /** Removes a folder with all that is in it. */
  public static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new BenchException("cannot remove " + folder, e);
    }
  }
}
