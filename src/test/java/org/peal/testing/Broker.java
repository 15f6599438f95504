package org.peal.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * A real RabbitMQ on loopback, of Debian's package but with its own node name, ports, folders and
 * cookie, so that it meets no other one. The shared one is started once for each test run; a test
 * that stops or kills brokers starts one of its own. Thread-safe.
 *
 * <p>Tests share it by virtual hosts: each makes its own.
 */
public final class Broker implements AutoCloseable {

  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final Path PROGRAMS = Path.of("/usr/lib/rabbitmq/lib");
  private static final Path SCRIPT = Path.of("/usr/sbin/rabbitmq-server");

  private static final class Shared {
    private static final Broker BROKER = start();
  }

  private final Path folder;
  private final int port;
  private final int tlsPort;
  private final String node;
  private final Map<String, String> environment;
  private Optional<Server> server = Optional.empty();

  /** The process of the broker itself. */
  private static final class Server extends ExternalProcess {
    Server(List<String> command, Setting setting) {
      super(command, setting);
    }
  }

  private Broker(Path folder, int firstPort, String extraConfig) throws IOException {
    this.folder = folder;
    this.port = firstPort;
    this.tlsPort = firstPort + 1;
    this.node = "peal-" + firstPort + "@localhost";
    this.environment = environment(firstPort + 2, firstPort + 3);
    Files.writeString(
        folder.resolve("rabbitmq.conf"),
        """
        listeners.tcp.1 = 127.0.0.1:%d
        loopback_users = none
        log.console = true
        log.console.level = warning
        log.file = false
        vm_memory_high_watermark.absolute = 1GB
        disk_free_limit.absolute = 10MB
        %s
        """
            .formatted(port, extraConfig.replace("TLS_PORT", Integer.toString(tlsPort))));
    Files.writeString(folder.resolve("enabled_plugins"), "[rabbitmq_auth_mechanism_ssl].\n");
    Path cookie = Files.writeString(folder.resolve(".erlang.cookie"), UUID.randomUUID().toString());
    Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("r--------"));
  }

  private Map<String, String> environment(int distributionPort, int epmdPort) {
    Map<String, String> variables = new HashMap<>();
    variables.put("HOME", folder.toString());
    variables.put("RABBITMQ_NODENAME", node);
    variables.put("RABBITMQ_CONF_ENV_FILE", "/dev/null");
    variables.put("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq").toString());
    variables.put("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("enabled_plugins").toString());
    variables.put("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString());
    variables.put("RABBITMQ_LOG_BASE", folder.resolve("log").toString());
    variables.put("RABBITMQ_PID_FILE", folder.resolve("pid").toString());
    variables.put("RABBITMQ_DIST_PORT", Integer.toString(distributionPort));
    variables.put("ERL_EPMD_PORT", Integer.toString(epmdPort));
    variables.put("ERL_EPMD_ADDRESS", "127.0.0.1");
    variables.put(
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
        "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none");
    variables.put("RABBITMQ_CTL_ERL_ARGS", "+S 1:1 +sbwt none");
    return variables;
  }

  /** Skips the test where RabbitMQ is missing, unless the peers are required. */
  public static void assumeInstalled() {
    if (!"required".equals(System.getenv("PEAL_TEST_PEERS"))) {
      assumeTrue(
          Files.exists(SCRIPT), "RabbitMQ is not installed: apt-get install rabbitmq-server");
    }
  }

  /** Returns the broker of this test run, which is started when first asked for. */
  public static Broker shared() {
    assumeInstalled();
    return Shared.BROKER;
  }

  /** Starts a broker of the test's own. */
  public static Broker start() {
    return start("");
  }

  /** Starts a broker with more lines of configuration; {@code TLS_PORT} in them is a free port. */
  public static Broker start(String extraConfig) {
    assumeInstalled();
    try {
      Path folder = Files.createTempDirectory("peal-broker");
      Broker broker = new Broker(folder, FreePorts.run(4), extraConfig);
      Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
      broker.boot();
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a broker with TLS, whose authority {@code ca.crt} is put into a folder, with {@code
   * client.crt} and {@code client.key} for {@code guest}, and {@code other.crt}, an authority that
   * has nothing to do with it.
   */
  public static Broker withTls(Path folder) {
    TestPki pki = new TestPki();
    TestPki.Identity root = pki.root("broker CA");
    TestPki.writeText(folder.resolve("ca.crt"), root.pem());
    GeneralNames names = new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost"));
    root.issue("localhost", spec -> spec.extra(ALTERNATIVE_NAMES, false, names))
        .write(folder, "server");
    root.issue("guest").write(folder, "client");
    TestPki.writeText(folder.resolve("other.crt"), pki.root("other CA").pem());
    return start(
        """
        listeners.ssl.1 = 127.0.0.1:TLS_PORT
        ssl_options.cacertfile = FOLDER/ca.crt
        ssl_options.certfile = FOLDER/server.crt
        ssl_options.keyfile = FOLDER/server.key
        ssl_options.verify = verify_peer
        ssl_options.fail_if_no_peer_cert = false
        ssl_cert_login_from = common_name
        auth_mechanisms.1 = EXTERNAL
        auth_mechanisms.2 = PLAIN
        """
            .replace("FOLDER", folder.toString()));
  }

  /** Starts it again after {@link #stop} or {@link #kill}; waits until it takes connections. */
  public synchronized void boot() {
    Server started =
        new Server(
            List.of(program("rabbitmq-server")),
            ExternalProcess.Setting.plain().in(folder).withAll(environment));
    server = Optional.of(started);
    Awaitility.await()
        .atMost(java.time.Duration.ofMinutes(2))
        .until(
            () -> {
              if (!started.isAlive()) {
                throw started.failure("the broker ended while it started");
              }
              return started.out().stream().anyMatch(line -> line.contains("completed with"));
            });
  }

  /** Ends it as an operator does. */
  public synchronized void stop() {
    server.ifPresent(
        running -> {
          running.terminate();
          running.awaitExit();
        });
  }

  /** Ends it as a power cut does. */
  public synchronized void kill() {
    server.ifPresent(
        running -> {
          running.closeTree();
        });
  }

  /** Runs {@code rabbitmqctl ARGS} and returns what it prints; fails the test if that fails. */
  public List<String> control(String... args) {
    List<String> command = new ArrayList<>();
    command.add(program("rabbitmqctl"));
    command.add("-q");
    command.addAll(List.of(args));
    try (Server tool =
        new Server(command, ExternalProcess.Setting.plain().in(folder).withAll(environment))) {
      tool.closeInput();
      tool.assertExit(0);
      return tool.out();
    }
  }

  /** Makes a virtual host in which {@code guest} may do everything; returns its name. */
  public String newVirtualHost() {
    String name = "vh-" + UUID.randomUUID();
    control("add_vhost", name);
    control("set_permissions", "-p", name, "guest", ".*", ".*", ".*");
    return name;
  }

  public int port() {
    return port;
  }

  public int tlsPort() {
    return tlsPort;
  }

  /** Returns the address of a virtual host for {@code guest}. */
  public String url(String virtualHost) {
    return "amqp://guest:guest@127.0.0.1:" + port + "/" + virtualHost;
  }

  private static String program(String name) {
    try (Stream<Path> versions = Files.list(PROGRAMS)) {
      return versions
          .map(version -> version.resolve("sbin").resolve(name))
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no " + name + " under " + PROGRAMS))
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it and the name server that it has started, and removes its folder. */
  @Override
  public synchronized void close() {
    server.ifPresent(ExternalProcess::closeTree);
    server = Optional.empty();
    endNameServer();
    ScratchFolder.remove(folder);
  }

  /** It detaches itself, so it is known by its port only. */
  private void endNameServer() {
    String mine = environment.get("ERL_EPMD_PORT");
    ProcessHandle.allProcesses()
        .filter(process -> process.info().command().orElse("").endsWith("/epmd"))
        .filter(process -> isOnPort(process.pid(), mine))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static boolean isOnPort(long pid, String port) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/environ"))
          .contains("ERL_EPMD_PORT=" + port + "\0");
    } catch (IOException e) {
      return false; // somebody else's
    }
  }
}
