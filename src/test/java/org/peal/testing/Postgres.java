package org.peal.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A real PostgreSQL on loopback, of Debian's package but with a cluster of its own, so that it
 * meets no other one. Where the tests run as root it runs as another user, because it refuses to
 * run as root. Thread-safe.
 *
 * <p>The shared one is started once for each test run; a test that stops or kills servers starts
 * one of its own. Tests share it by databases: each makes its own.
 */
public final class Postgres implements AutoCloseable {

  private static final Path PACKAGE = Path.of("/usr/lib/postgresql");
  private static final String OWNER = "nobody";

  private static final class Shared {
    private static final Postgres SERVER = start();
  }

  /** A program of the package. */
  private static final class Tool extends ExternalProcess {
    Tool(List<String> command, Setting setting) {
      super(command, setting);
    }
  }

  private final Path folder;
  private final int port = FreePorts.run(1);
  private Optional<Tool> server = Optional.empty();

  private Postgres(Path folder) {
    this.folder = folder;
  }

  /** Skips the test where PostgreSQL is missing, unless the peers are required. */
  public static void assumeInstalled() {
    if (!"required".equals(System.getenv("PEAL_TEST_PEERS"))) {
      assumeTrue(
          program("initdb").isPresent(), "PostgreSQL is not installed: apt-get install postgresql");
    }
  }

  /** Returns the server of this test run, which is started when first asked for. */
  public static Postgres shared() {
    assumeInstalled();
    return Shared.SERVER;
  }

  /** Starts a server of the test's own. */
  public static Postgres start() {
    assumeInstalled();
    try {
      Path folder = Files.createTempDirectory("peal-postgres");
      Postgres postgres = new Postgres(folder);
      Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
      if (isRoot()) {
        Files.setOwner(
            folder,
            folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(OWNER));
      }
      postgres.run("initdb", "-D", postgres.data(), "-U", "peal", "-A", "trust", "-N");
      postgres.boot();
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again after {@link #stop} or {@link #kill}; waits until it takes connections. */
  public synchronized void boot() {
    Tool started =
        tool(
            "postgres",
            "-D",
            data(),
            "-p",
            Integer.toString(port),
            "-k",
            folder.toString(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "shared_buffers=16MB");
    server = Optional.of(started);
    started.awaitErr("ready to accept connections");
  }

  /** Ends it as an operator does who waits for nobody. */
  public synchronized void stop() {
    run("pg_ctl", "stop", "-D", data(), "-m", "fast");
    server.ifPresent(ExternalProcess::awaitExit);
  }

  /** Ends it as a power cut does. */
  public synchronized void kill() {
    server.ifPresent(ExternalProcess::closeTree);
  }

  /** Makes an empty database and returns its address. */
  public String newDatabase() {
    String name = "db_" + UUID.randomUUID().toString().replace('-', '_');
    execute(url("postgres"), "CREATE DATABASE " + name);
    return url(name);
  }

  /** Runs a statement in a database by its address; returns the first column of what it answers. */
  public List<String> execute(String url, String sql) {
    try (Connection connection = DriverManager.getConnection("jdbc:" + url);
        Statement statement = connection.createStatement()) {
      List<String> answers = new ArrayList<>();
      if (statement.execute(sql)) {
        ResultSet rows = statement.getResultSet();
        while (rows.next()) {
          answers.add(String.valueOf(rows.getString(1)));
        }
      }
      return answers;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  public int port() {
    return port;
  }

  private String url(String database) {
    return "postgresql://127.0.0.1:" + port + "/" + database + "?user=peal";
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private void run(String name, String... args) {
    try (Tool tool = tool(name, args)) {
      tool.closeInput();
      tool.assertExit(0);
    }
  }

  private Tool tool(String name, String... args) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=" + OWNER, "--regid=nogroup", "--clear-groups"));
    }
    command.add(
        program(name)
            .orElseThrow(() -> new IllegalStateException("no " + name + " under " + PACKAGE))
            .toString());
    command.addAll(List.of(args));
    return new Tool(command, ExternalProcess.Setting.plain().in(folder));
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Debian keeps the programs of each version in a folder that is in nobody's path. */
  private static Optional<Path> program(String name) {
    if (!Files.isDirectory(PACKAGE)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(PACKAGE)) {
      return versions
          .map(version -> version.resolve("bin").resolve(name))
          .filter(Files::isExecutable)
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it and removes its folder. */
  @Override
  public synchronized void close() {
    server.ifPresent(ExternalProcess::closeTree);
    server = Optional.empty();
    ScratchFolder.remove(folder);
  }
}
