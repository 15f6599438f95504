package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.Threads;
import org.peal.testing.Dnsmasq;
import org.peal.testing.FreePorts;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * Three nodes on addresses of their own, each with a relay and a gateway, that find each other by a
 * real name server and by files while both change: each gateway must publish every message of every
 * relay exactly once and in order.
 */
class ThreeNodesIT {

  private static final String[] HOSTS = {"127.0.0.2", "127.0.0.3", "127.0.0.4"};
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int MORE = 100;

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  private final int port = FreePorts.run(3);
  private final int dnsPort = Dnsmasq.freePort();
  private final List<PealProcess> nodes = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Publisher> markers = new ArrayList<>();

  /** The last number of a publisher that came through a gateway, by {@code GATEWAY PUBLISHER}. */
  private final Map<String, Long> last = new ConcurrentHashMap<>();

  private final List<String> wrong = new CopyOnWriteArrayList<>();
  private volatile boolean isEnding;
  private volatile boolean isRead = true;
  private Site site;
  private @Nullable Dnsmasq server;

  @BeforeAll
  static void needsDnsmasq() {
    Dnsmasq.assumeInstalled();
  }

  @BeforeEach
  void startNodes() {
    site = new Site(folder, processes);
    for (int i = 0; i < HOSTS.length; i++) {
      site.file(
          "n" + i + "/peal.yaml",
          """
          node: {name: relay.host%d, parts: [relay, gateway]}
          relay: {in: '%s', out: '%s'}
          gateway: {out: '%s'}
          dns: {resolver: '127.0.0.1:%d', refresh-min: 1s, refresh-max: 2s}
          """
              .formatted(i, in(i), out(i), gateway(i), dnsPort));
    }
  }

  @AfterEach
  void close() throws InterruptedException {
    isEnding = true;
    isRead = false;
    for (Thread thread : threads) {
      thread.join(LONG.toMillis());
    }
    markers.forEach(Publisher::close);
  }

  private String in(int node) {
    return "tcp://" + HOSTS[node] + ":" + port;
  }

  private String out(int node) {
    return "tcp://" + HOSTS[node] + ":" + (port + 1);
  }

  private String gateway(int node) {
    return "tcp://" + HOSTS[node] + ":" + (port + 2);
  }

  /** Numbers what it sends, a series for each relay. */
  private void send() {
    List<Publisher> publishers = new ArrayList<>();
    try {
      for (int i = 0; i < HOSTS.length; i++) {
        publishers.add(Publisher.connected(in(i)));
      }
      for (long number = 1; !isEnding; number++) {
        for (Publisher publisher : publishers) {
          publisher.send("org.test." + publisher.address(), String.valueOf(number));
        }
        LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
      }
    } finally {
      publishers.forEach(Publisher::close);
    }
  }

  /** Reads from all gateways and notes each number that does not follow the one before it. */
  private void read() {
    try (ZContext context = new ZContext()) {
      ZMQ.Poller poller = context.createPoller(HOSTS.length);
      for (int i = 0; i < HOSTS.length; i++) {
        ZMQ.Socket socket = context.createSocket(SocketType.SUB);
        socket.setHWM(0);
        socket.connect(gateway(i));
        socket.subscribe("org.test.");
        poller.register(socket, ZMQ.Poller.POLLIN);
      }
      while (isRead) {
        poller.poll(100);
        for (int i = 0; i < HOSTS.length; i++) {
          while (poller.pollin(i) && take(i, poller.getSocket(i))) {}
        }
      }
    }
  }

  private boolean take(int gateway, ZMQ.Socket socket) {
    byte[] topic = socket.recv(ZMQ.DONTWAIT);
    if (topic == null) {
      return false;
    }
    String from = gateway + " " + new String(topic, StandardCharsets.UTF_8);
    long number = Long.parseLong(new String(socket.recv(), StandardCharsets.UTF_8));
    Long before = last.put(from, number);
    if (before != null && number != before + 1) {
      wrong.add(from + ": " + number + " after " + before);
    }
    return true;
  }

  private void start(Runnable work) {
    Thread thread = Threads.daemon("test-three-nodes", work);
    threads.add(thread);
    thread.start();
  }

  /** Puts another name server in the place of the one before. */
  private void serve(String... settings) {
    if (server != null) {
      server.close();
    }
    List<String> all = new ArrayList<>(List.of(settings));
    for (int i = 0; i < HOSTS.length; i++) {
      all.add("host-record=pub" + i + ".example.test," + HOSTS[i]);
      all.add("host-record=other" + i + ".example.test," + HOSTS[i]);
    }
    all.add("host-record=marker.example.test,127.0.0.1");
    all.add("local-ttl=1");
    server = processes.add(Dnsmasq.start(dnsPort, all.toArray(String[]::new)));
  }

  private String srv(String host) {
    return "srv-host=_fedmsg._tcp.example.test," + host + ".example.test," + (port + 1);
  }

  /** Returns a publisher that says nothing, but shows who has learned of it. */
  private Publisher marker() {
    Publisher marker = Publisher.bound();
    markers.add(marker);
    return marker;
  }

  private static String srv(Publisher marker) {
    String number = marker.address().replaceFirst(".*:", "");
    return "srv-host=_fedmsg._tcp.example.test,marker.example.test," + number;
  }

  /** Gives every node the same endpoint file. */
  private void write(String yaml) {
    for (int i = 0; i < HOSTS.length; i++) {
      site.file("n" + i + "/endpoints.d/site.yaml", yaml);
    }
  }

  /** Waits until every node has learned what is new and many more messages came from each. */
  private void awaitAll(Publisher marker) {
    marker.awaitSubscriptions(HOSTS.length);
    awaitMore();
  }

  private void awaitMore() {
    for (int gateway = 0; gateway < HOSTS.length; gateway++) {
      for (int publisher = 0; publisher < HOSTS.length; publisher++) {
        String from = gateway + " org.test." + in(publisher);
        long seen = last.getOrDefault(from, 0L);
        await().alias(from).atMost(LONG).until(() -> last.getOrDefault(from, 0L) >= seen + MORE);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void shouldLoseAndRepeatNothingByDnsByFilesAndByBoth() {
    // by DNS only
    Publisher first = marker();
    serve(srv("pub0"), srv("pub1"), srv("pub2"), srv(first));
    write("srv_endpoints: [example.test]");
    for (int i = 0; i < HOSTS.length; i++) {
      nodes.add(site.start("node", "--config", "n" + i));
    }
    for (int i = 0; i < HOSTS.length; i++) {
      nodes.get(i).awaitErr("node relay.host" + i + " runs relay, gateway");
      for (int publisher = 0; publisher < HOSTS.length; publisher++) {
        nodes.get(i).awaitErr("gateway: connected to tcp://pub" + publisher + ".example.test");
      }
    }
    start(this::read);
    start(this::send);
    awaitAll(first);

    // other answers
    Publisher second = marker();
    serve(srv("other0"), srv("pub1"), srv("other2"), srv(second));
    awaitAll(second);

    // by files only
    Publisher third = marker();
    write(
        "endpoints: {a: ['%s', '%s'], b: '%s', m: '%s'}"
            .formatted(out(0), out(1), out(2), third.address()));
    awaitAll(third);

    // by both: one publisher in both, under three hosts
    Publisher fourth = marker();
    serve(srv("pub0"), srv("other0"), srv("pub1"), srv(fourth));
    write("srv_endpoints: [example.test]\nendpoints: {a: '%s', b: '%s'}".formatted(out(0), out(2)));
    awaitAll(fourth);

    // and when the name server goes away
    server.close();
    awaitMore();
    awaitMore();
    ends();
  }

  private void ends() {
    isEnding = true;
    for (PealProcess node : nodes) {
      node.terminate();
      node.assertExit(0);
      assertThat(node.err())
          .filteredOn(line -> line.contains(": received "))
          .hasSize(2)
          .allMatch(line -> line.contains("dropped 0, refused 0"));
    }
    assertThat(wrong).isEmpty();
  }
}
