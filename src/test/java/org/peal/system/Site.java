package org.peal.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.peal.crypto.x509.KeyPairFiles;
import org.peal.store.Database;
import org.peal.store.Page;
import org.peal.store.ReplayQuery;
import org.peal.store.StoreConfig;
import org.peal.store.StoredMessage;
import org.peal.testing.ExternalProcess.Setting;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.TestPki;

/**
 * The folder that a test works in: current folder and home of the commands that it runs. Used by
 * the test's thread only.
 */
public final class Site {

  static final TestPki PKI = new TestPki();
  static final TestPki.Identity CA = PKI.root("Test CA");
  static final TestPki.Identity ANN = CA.issue("ann");
  static final TestPki.Identity BOB = CA.issue("bob");
  static final TestPki.Identity MALLORY = PKI.root("Other CA").issue("ann");

  private final Path folder;
  private final Processes processes;

  /**
   * Makes a site with {@code ca.crt}, {@code crl.pem} and the pairs {@code ann} and {@code bob}.
   */
  public Site(Path folder, Processes processes) {
    this.folder = folder;
    this.processes = processes;
    file("ca.crt", CA.pem());
    revoke();
    pair("ann", ANN);
    pair("bob", BOB);
  }

  public Path folder() {
    return folder;
  }

  public Setting setting() {
    return new Setting(java.util.Map.of("HOME", folder.toString()), folder);
  }

  /** Writes a file under a name that no reader looks at, then renames it. */
  public Path file(String name, String text) {
    Path file = folder.resolve(name);
    Path temporary = folder.resolve(name + ".tmp");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(temporary, text);
      return Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes down for followers where {@code test.host} publishes, and where its log answers. */
  public void endpoints(int publisher, int replay) {
    file(
        "endpoints.d/site.yaml",
        """
        endpoints: {test.host: 'tcp://127.0.0.1:%d'}
        replay_endpoints: {test.host: 'tcp://127.0.0.1:%d'}
        """
            .formatted(publisher, replay));
  }

  /**
   * Returns the configuration of {@code test.host} and of those who follow it, but for what it
   * keeps: it accepts at {@code node.sock}, signs as ann, publishes on a port and answers for its
   * log on the next one.
   */
  public static String acceptor(String parts, int port) {
    return acceptor(parts, port, "");
  }

  /** Does the same with more in the section {@code replay}. */
  static String acceptor(String parts, int port, String replay) {
    return """
    node: {parts: [%s], name: test.host, submit: node.sock}
    publisher: {out: ["tcp://127.0.0.1:%d"]}
    replay: {in: "tcp://127.0.0.1:%d"%s}
    status: {address: none}
    crypto:
      validate: true
      ca: ca.crt
      crl: crl.pem
      directory: .
      certnames: {shell: ann}
      cert-prefix: shell
    """
        .formatted(parts, port, port + 1, replay);
  }

  /**
   * Configures a node in a folder of its own that follows and verifies as those of {@link
   * #acceptor} do, and keeps its {@code store.db} in that folder.
   *
   * @param text the other sections, which say what it does
   */
  void beside(String name, String text) {
    file(
        name + "/peal.yaml",
        text
            + """
            store: {path: store.db}
            streams: {quiet-after: 1s}
            status: {address: none}
            endpoints: {directory: ../endpoints.d}
            crypto:
              validate: true
              ca: ../ca.crt
              crl: ../crl.pem
              directory: ..
              certnames: {shell: ann}
              cert-prefix: shell
            """);
  }

  /** Returns the log in {@code store.db}, in order; no process may have it open. */
  List<StoredMessage> log() {
    try (Database database =
        Database.open(
            folder.resolve("store.db"),
            StoreConfig.defaults(),
            InstantSource.system(),
            new Random(1))) {
      return database
          .log()
          .read(new ReplayQuery.Everything(), 0, new Page.Limit(1_000_000, 1L << 40))
          .messages();
    }
  }

  /** Returns the messages of one topic in {@link #log}, as they were signed and sent. */
  public List<String> logged(String topic) {
    return log().stream()
        .filter(row -> row.topic().value().equals(topic))
        .map(row -> new String(row.payload(), StandardCharsets.UTF_8))
        .toList();
  }

  /** Writes {@code NAME.crt} and {@code NAME.key}, replacing what is there. */
  KeyPairFiles pair(String name, TestPki.Identity identity) {
    Path key = file(name + ".key", identity.keyPem());
    try {
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new KeyPairFiles(file(name + ".crt", identity.pem()), key);
  }

  /** Writes {@code crl.pem} with these serial numbers. */
  void revoke(BigInteger... serials) {
    Instant now = Instant.now();
    file("crl.pem", CA.crl(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(9)), serials));
  }

  /** Starts {@code peal ARGS}; it is killed at the end of the test. */
  public PealProcess start(String... args) {
    return processes.add(PealProcess.start(setting(), args));
  }

  /** Starts a program of the folder {@code bin}. */
  PealProcess startProgram(String program, String... args) {
    return processes.add(PealProcess.startProgram(program, setting(), args));
  }

  /** Runs a script of bash with {@code peal} on its path. */
  public Shell shell(String script) {
    return processes.add(new Shell(script, setting()));
  }

  /** Runs {@code peal ARGS} on some input to its end, whatever the exit status. */
  public PealProcess run(String input, String... args) {
    return PealProcess.run(setting(), input.getBytes(StandardCharsets.UTF_8), args);
  }

  /** Starts a relay on free ports of the loopback interface. */
  Relay relay(String... options) {
    java.util.ArrayList<String> args =
        new java.util.ArrayList<>(
            List.of("relay", "--in", "tcp://127.0.0.1:0", "--out", "tcp://127.0.0.1:0"));
    args.addAll(List.of(options));
    PealProcess process = start(args.toArray(String[]::new));
    List<String> addresses = process.awaitListening(2);
    return new Relay(process, addresses.get(0), addresses.get(1));
  }

  /** Returns what a command says when it publishes through a relay. */
  static String unconfirmed(String command, String relay) {
    return "peal %s: publishing through the relay %s: delivery is not confirmed"
        .formatted(command, relay);
  }

  /** A running relay. */
  record Relay(PealProcess process, String in, String out) {

    /** Ends it and returns its last line, the counters. */
    String counters() {
      process.terminate();
      process.assertExit(0);
      List<String> lines = process.err();
      return lines.get(lines.size() - 1);
    }
  }
}
