package org.peal.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A RabbitMQ for one demo: the installed program with ports of its own on the loopback interface,
 * and a node name, a cookie and a folder of its own, so that it meets no other one. For one thread.
 *
 * <p>The name server of Erlang, which a broker otherwise leaves running, is a child as well.
 */
final class DemoBroker implements AutoCloseable {

  private static final String HOME = "RABBITMQ_HOME";
  private static final Path INSTALLED = Path.of("/usr/lib/rabbitmq/lib");
  private static final String PROGRAM = "sbin/rabbitmq-server";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_MILLIS = 20;

  /** The ports that it takes. */
  private record Ports(int amqp, int distribution, int names) {

    /** Returns three that nobody listens on now. */
    static Ports free() throws IOException {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      try (ServerSocket a = new ServerSocket(0, 1, loopback);
          ServerSocket b = new ServerSocket(0, 1, loopback);
          ServerSocket c = new ServerSocket(0, 1, loopback)) {
        return new Ports(a.getLocalPort(), b.getLocalPort(), c.getLocalPort());
      }
    }
  }

  private final Ports ports;
  private final ChildProcess names;
  private final ChildProcess server;

  private DemoBroker(Path program, Path folder, Ports ports)
      throws IOException, InterruptedException {
    this.ports = ports;
    Map<String, String> variables = variables(folder, ports);
    this.names =
        ChildProcess.start(
            "epmd",
            builder(
                List.of("epmd", "-port", String.valueOf(ports.names()), "-address", "127.0.0.1"),
                folder,
                variables));
    try {
      // A broker that finds none starts one that outlives it.
      awaitListening(names, ports.names());
      // So that the script becomes the broker, and does not stand between it and us.
      variables.put("RABBITMQ_ALLOW_INPUT", "true");
      this.server =
          ChildProcess.start(
              "rabbitmq-server",
              builder(List.of(program.toString(), "-noinput"), folder, variables));
    } catch (IOException | InterruptedException | RuntimeException e) {
      names.close();
      throw e;
    }
  }

  /** Returns where the program is: under {@code RABBITMQ_HOME}, or else where packages put it. */
  static Optional<Path> program(Map<String, String> environment) throws IOException {
    String said = environment.getOrDefault(HOME, "");
    if (!said.isEmpty()) {
      return Stream.of(Path.of(said, PROGRAM)).filter(Files::isExecutable).findFirst();
    }
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve(PROGRAM))
          .filter(Files::isExecutable)
          .findFirst();
    }
  }

  /**
   * Begins to start a broker that keeps all it has in a folder, which is made.
   *
   * @throws IOException if it cannot be started, or Erlang's name server is not installed
   */
  static DemoBroker start(Path program, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("enabled_plugins"), "[].\n");
    Path cookie = Files.writeString(folder.resolve(".erlang.cookie"), UUID.randomUUID().toString());
    Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("r--------"));
    Ports ports = Ports.free();
    Files.writeString(
        folder.resolve("rabbitmq.conf"),
        """
        listeners.tcp.1 = 127.0.0.1:%d
        log.console = true
        log.console.level = warning
        log.file = false
        disk_free_limit.absolute = 10MB
        """
            .formatted(ports.amqp()));
    return new DemoBroker(program, folder, ports);
  }

  private static Map<String, String> variables(Path folder, Ports ports) {
    Map<String, String> variables = new HashMap<>();
    variables.put("HOME", folder.toString());
    variables.put("RABBITMQ_NODENAME", "peal-demo-" + ports.amqp() + "@localhost");
    variables.put("RABBITMQ_CONF_ENV_FILE", "/dev/null");
    variables.put("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq").toString());
    variables.put("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("enabled_plugins").toString());
    variables.put("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString());
    variables.put("RABBITMQ_LOG_BASE", folder.resolve("log").toString());
    variables.put("RABBITMQ_PID_FILE", folder.resolve("pid").toString());
    variables.put("RABBITMQ_DIST_PORT", String.valueOf(ports.distribution()));
    variables.put("ERL_EPMD_PORT", String.valueOf(ports.names()));
    variables.put("ERL_EPMD_ADDRESS", "127.0.0.1");
    variables.put(
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
        "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none");
    return variables;
  }

  private static ProcessBuilder builder(
      List<String> command, Path folder, Map<String, String> variables) {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command)).directory(folder.toFile());
    // What is set for another broker of this machine does not hold for this one.
    builder.environment().keySet().removeIf(name -> name.startsWith("RABBITMQ_"));
    builder.environment().remove("NOTIFY_SOCKET");
    builder.environment().putAll(variables);
    return builder;
  }

  private static void awaitListening(ChildProcess names, int port) throws InterruptedException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isListening(address)) {
      if (!names.isAlive() || System.nanoTime() - end > 0) {
        throw names.failed(", the name server of Erlang, does not listen on " + address);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private static boolean isListening(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) PATIENCE.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits until it takes connections and returns its address. */
  String awaitAddress() throws InterruptedException {
    server.awaitOut("completed with", DemoStage.PATIENCE);
    return "amqp://guest:guest@127.0.0.1:" + ports.amqp() + "/";
  }

  /** Ends both programs. */
  @Override
  public void close() {
    server.close();
    names.close();
  }
}
