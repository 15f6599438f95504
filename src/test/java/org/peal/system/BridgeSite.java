package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.peal.testing.Broker;
import org.peal.testing.ExternalProcess.Setting;
import org.peal.testing.FreePorts;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;
import org.peal.testing.TestPki;

/**
 * A node on ZeroMQ, a broker, and bridges between them, with programs of Python and Peal at the
 * ends. Used by the test's thread only.
 */
public final class BridgeSite {

  private static final TestPki PKI = new TestPki();
  private static final TestPki.Identity CA = PKI.root("Bridge CA");
  private static final TestPki.Identity APP = CA.issue("app");
  private static final TestPki.Identity BRIDGE = CA.issue("bridge");
  private static final String NET = "ep";
  private static final String PYTHON = "py";
  private static final int MOST_BRIDGES = 4;
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Path folder;
  private final Processes processes;
  private final Broker broker;
  private final String virtualHost;
  private final String url;
  private final int port = FreePorts.run(2 + 2 * MOST_BRIDGES);

  /** Makes the site: certificates, endpoint files, exchange and queue at the end. */
  public BridgeSite(Path folder, Processes processes, Broker broker) {
    this.folder = folder;
    this.processes = processes;
    this.broker = broker;
    this.virtualHost = broker.newVirtualHost();
    this.url = broker.url(virtualHost);
    makeFolder(folder.resolve("certs"));
    Path certs = folder.resolve("certs");
    APP.write(certs, "app");
    BRIDGE.write(certs, "bridge");
    TestPki.writeText(certs.resolve("ca.crt"), CA.pem());
    for (int i = 0; i < MOST_BRIDGES; i++) {
      makeFolder(folder.resolve("b" + i));
    }
    makeFolder(folder.resolve("acts"));
    makeFolder(folder.resolve("src"));
    makeFolder(folder.resolve("end"));
    net(NET, "src", "b0", "b1", "b2");
    declare(url);
  }

  private void declare(String address) {
    processes.add(PythonPeer.atBridge("declare", address)).awaitOut("declared");
  }

  /** Makes another virtual host with the same exchange and queue; returns its address. */
  public String otherUrl() {
    String address = broker.url(broker.newVirtualHost());
    declare(address);
    return address;
  }

  /** Starts a bridge of Python between a virtual host and members of a net. */
  public PythonPeer startPythonBridge(String address, String... members) {
    List<String> args = new ArrayList<>(List.of(address, zmqAddress(PYTHON)));
    args.add(folder.resolve("certs/app.crt").toString());
    args.add(folder.resolve("certs/app.key").toString());
    List.of(members).forEach(member -> args.add(zmqAddress(member)));
    PythonPeer bridge = processes.add(PythonPeer.asBridge(args.toArray(String[]::new)));
    bridge.awaitOut("bridging");
    return bridge;
  }

  /**
   * Starts what signs and publishes, by Python, as {@code py} and without a log, what its input
   * says; until then it publishes probes.
   */
  public PythonPeer publishByPython(String probe) {
    return processes.python(
        "publish",
        "--bind",
        zmqAddress(PYTHON),
        "--probe",
        probe,
        "--cert",
        folder.resolve("certs/app.crt").toString(),
        "--key",
        folder.resolve("certs/app.key").toString());
  }

  /** Prints what a member of a net publishes and what Python thinks of its signature. */
  public PythonPeer verifyByPython(String member, String prefix) {
    return processes.python(
        "subscribe",
        "--connect",
        zmqAddress(member),
        "--ca",
        folder.resolve("certs/ca.crt").toString(),
        "--prefix",
        prefix);
  }

  /** Prints raw what members of a net publish. */
  public PythonPeer watch(String... members) {
    List<String> args = new ArrayList<>(List.of("subscribe", "" + Integer.MAX_VALUE));
    List.of(members).forEach(member -> args.add(zmqAddress(member)));
    PythonPeer watch = processes.add(PythonPeer.atBridge(args.toArray(String[]::new)));
    watch.awaitOut("subscribed");
    return watch;
  }

  /**
   * Makes a net on ZeroMQ of the source, {@code src}, bridges, such as {@code b0}, and {@code py},
   * the bridge of Python, which has no log.
   */
  public void net(String name, String... members) {
    StringBuilder publishers = new StringBuilder("endpoints:\n");
    StringBuilder logs = new StringBuilder("replay_endpoints:\n");
    for (String member : members) {
      int first = publisherPort(member);
      publishers.append("  %s.host: tcp://127.0.0.1:%d%n".formatted(member, first));
      if (!member.equals(PYTHON)) {
        logs.append("  %s.host: tcp://127.0.0.1:%d%n".formatted(member, first + 1));
      }
    }
    makeFolder(folder.resolve(name));
    TestPki.writeText(folder.resolve(name).resolve("all.yaml"), publishers.toString() + logs);
  }

  private int publisherPort(String member) {
    return switch (member) {
      case "src" -> port;
      case PYTHON -> bridgePort(MOST_BRIDGES - 1);
      default -> bridgePort(Integer.parseInt(member.substring(1)));
    };
  }

  /** Returns where a member of a net publishes on ZeroMQ. */
  public String zmqAddress(String member) {
    return "tcp://127.0.0.1:" + publisherPort(member);
  }

  private int bridgePort(int bridge) {
    return port + 2 + 2 * bridge;
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String common(String certificate, String net) {
    return """
    crypto:
      sign: true
      directory: %1$s/certs
      ca: %1$s/certs/ca.crt
      certnames: {shell: %2$s}
    endpoints: {directory: %1$s/%3$s}
    status: {address: none}
    streams: {quiet-after: 2s}
    """
        .formatted(folder, certificate, net);
  }

  private PealProcess start(String name, String... args) {
    return processes.add(PealProcess.start(setting(name), args));
  }

  private Setting setting(String name) {
    Path home = folder.resolve(name);
    return Setting.plain()
        .with("HOME", home.toString())
        .with("STATE_DIRECTORY", home.resolve("state").toString())
        .with("RUNTIME_DIRECTORY", home.resolve("run").toString())
        .in(folder);
  }

  /** Starts the node whose programs publish on ZeroMQ. */
  public PealProcess startSource() {
    TestPki.writeText(
        folder.resolve("src/peal.yaml"),
        """
        node: {name: src.host, parts: [publisher, replay]}
        publisher: {out: 'tcp://127.0.0.1:%d'}
        replay: {in: 'tcp://127.0.0.1:%d'}
        """
                .formatted(port, port + 1)
            + common("app", NET));
    PealProcess node = start("src", "node", "--config", folder.resolve("src").toString());
    node.awaitErr("replay: listening");
    return node;
  }

  /** Starts a bridge of the source's net and the broker; {@code settings} is its section. */
  public PealProcess startBridge(int number, String settings) {
    return startBridge(number, settings, NET, url);
  }

  /** Starts a bridge between a net and a virtual host, whose address is given. */
  public PealProcess startBridge(int number, String settings, String net, String broker) {
    String name = "b" + number;
    TestPki.writeText(
        folder.resolve(name + "/peal.yaml"),
        """
        node: {name: b%d.host}
        publisher: {out: 'tcp://127.0.0.1:%d'}
        replay: {in: 'tcp://127.0.0.1:%d'}
        amqp:
          amqp-url: %s
          reconnect-most: 2s
          window: 250
          qos: {prefetch-size: 0, prefetch-count: 250}
        bridge: %s
        """
                .formatted(number, bridgePort(number), bridgePort(number) + 1, broker, settings)
            + common("bridge", net));
    PealProcess bridge = start(name, "bridge", "--config", folder.resolve(name).toString());
    bridge.awaitErr("replay: listening");
    return bridge;
  }

  /**
   * Starts a node whose handler writes down, for {@link #acted}, each message of both buses that it
   * acts on.
   */
  public PealProcess startHandler() {
    TestPki.writeText(
        folder.resolve("acts/peal.yaml"),
        """
        node: {name: acts.host, parts: [handlers]}
        amqp:
          amqp-url: %s
          reconnect-most: 2s
          bindings:
            - {queue: acts, exchange: zmq.topic, routing-keys: ["#"]}
            - {queue: acts, exchange: amq.topic, routing-keys: ["#"]}
        handlers:
          act:
            type: log
            bus: [zmq, amqp]
            queue: acts
            topics: ["#"]
            settings: {file: '%s'}
        """
                .formatted(url, folder.resolve("acted.jsonl"))
            + common("app", NET));
    PealProcess node = start("acts", "node", "--config", folder.resolve("acts").toString());
    await().atMost(LONG).until(() -> queues("consumers").contains("acts\t1"));
    return node;
  }

  /** Returns what the handler has acted on, when nothing waits for it at the broker any more. */
  public List<String> acted(int least) throws IOException {
    Path file = folder.resolve("acted.jsonl");
    await().atMost(LONG).until(() -> Files.exists(file) && lines(file).size() >= least);
    await().atMost(LONG).until(() -> queues("messages").contains("acts\t0"));
    return lines(file);
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }

  private List<String> queues(String what) {
    return broker.control(
        "list_queues", "--no-table-headers", "--vhost", virtualHost, "name", what);
  }

  /** Starts what publishes each line of its input on ZeroMQ, from the source's host. */
  public PealProcess feedZmq() {
    return start(
        "src",
        "logger",
        "--config",
        folder.resolve("src").toString(),
        "--modname",
        "app",
        "--topic",
        "event",
        "--json-lines");
  }

  /** Returns the body of a numbered message. */
  public static String line(int number) {
    return "{\"n\": " + number + ", \"text\": \"café\"}";
  }

  /** Publishes messages numbered from 0 on ZeroMQ, from the source's host. */
  public PealProcess publishOnZmq(int count) {
    return publishOnZmq(0, count);
  }

  /** Publishes numbered messages on ZeroMQ, from the source's host. */
  public PealProcess publishOnZmq(int first, int count) {
    PealProcess logger = feedZmq();
    StringBuilder lines = new StringBuilder();
    for (int i = first; i < first + count; i++) {
      lines.append(line(i)).append('\n');
    }
    logger.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    logger.closeInput();
    return logger;
  }

  /** Publishes numbered messages on AMQP, by Python. */
  public PythonPeer publishOnAmqp(int first, int count) {
    return processes.add(PythonPeer.atBridge("publish", url, "" + first, "" + count));
  }

  /** Starts what publishes as many more messages on AMQP, by Python, as each line of input says. */
  public PythonPeer feedAmqp() {
    return processes.add(PythonPeer.atBridge("feed", url));
  }

  /** Collects on AMQP, by Python, until so many messages of ZeroMQ were there. */
  public PythonPeer collectOnAmqp(int count) {
    return processes.add(PythonPeer.atBridge("collect", url, "" + count));
  }

  /** Collects on ZeroMQ what began on AMQP, without losing any, until there are so many. */
  public PealProcess collectOnZmq(int count) {
    return start(
        "end",
        "tail",
        "--config",
        folder.resolve("b0").toString(),
        "--from-beginning",
        "--durable",
        "end",
        "--topic",
        "org.example.dev.app.native",
        "--count",
        "" + count);
  }

  /** Starts a command of Peal with the first bridge's configuration and state. */
  public PealProcess startBeside(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--config");
    all.add(folder.resolve("b0").toString());
    return start("b0", all.toArray(String[]::new));
  }

  /** Runs a command of Peal to its end with the bridge's configuration. */
  public PealProcess run(byte[] input, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--config");
    all.add(folder.resolve("b0").toString());
    PealProcess process = PealProcess.run(setting("b0"), input, all.toArray(String[]::new));
    assertThat(process.isAlive()).isFalse();
    return process;
  }

  /** Returns the broker's address with the site's virtual host. */
  public String url() {
    return url;
  }

  public String virtualHost() {
    return virtualHost;
  }

  /** Returns the file that a bridge keeps its journal and log in. */
  public Path store(int bridge) {
    return folder.resolve("b" + bridge).resolve("state/store.db");
  }
}
