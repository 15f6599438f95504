package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.Threads;
import org.peal.bus.Delivery;
import org.peal.bus.zmq.HostResolver;
import org.peal.bus.zmq.Publication;
import org.peal.bus.zmq.PublicationOptions;
import org.peal.bus.zmq.SubscriptionStatus;
import org.peal.bus.zmq.ZmqConfig;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.endpoint.Discovery;
import org.peal.endpoint.DnsConfig;
import org.peal.endpoint.DnsServer;
import org.peal.endpoint.Endpoint;
import org.peal.endpoint.HostNames;
import org.peal.testing.Dnsmasq;
import org.peal.testing.Processes;

/** Publishers found by a real name server and by files, while both change and messages flow. */
class DiscoveryIT {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final String[] HOSTS = {"127.0.0.2", "127.0.0.3", "127.0.0.4"};
  private static final byte[] TOPIC = "org.test".getBytes(StandardCharsets.UTF_8);

  @RegisterExtension final Processes processes = new Processes();
  @TempDir Path folder;

  private final int dnsPort = Dnsmasq.freePort();
  private final List<Throwable> fatal = new CopyOnWriteArrayList<>();
  private final List<Publication> publishers = new ArrayList<>();
  private final Map<String, AtomicLong> last = new ConcurrentHashMap<>();
  private final List<String> wrong = new CopyOnWriteArrayList<>();
  private volatile boolean isEnding;
  private ZmqTransport out = transport(HostResolver.system());
  private @Nullable ZmqTransport in;
  private @Nullable Receiver receiver;
  private @Nullable Discovery discovery;
  private @Nullable Dnsmasq server;

  @BeforeAll
  static void needsDnsmasq() {
    Dnsmasq.assumeInstalled();
  }

  @BeforeEach
  void publish() {
    for (String host : HOSTS) {
      publishers.add(out.bindPublication(new Endpoint(host, 0), PublicationOptions.of(100_000)));
    }
    Threads.daemon("test-publishers", this::sendNumbers).start();
  }

  @AfterEach
  void close() {
    isEnding = true;
    Stream.of(discovery, receiver, in, out).forEach(DiscoveryIT::closeQuietly);
    assertThat(fatal).isEmpty();
  }

  private static void closeQuietly(@Nullable AutoCloseable what) {
    try {
      if (what != null) {
        what.close();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private ZmqTransport transport(HostResolver hosts) {
    ZmqTransport transport =
        new ZmqTransport(new ZmqConfig(null, null, null), 100, hosts, fatal::add);
    transport.start();
    return transport;
  }

  private void sendNumbers() {
    for (long number = 1; !isEnding; number++) {
      for (int i = 0; i < publishers.size(); i++) {
        String text = "{\"topic\":\"" + i + "\",\"i\":" + number + "}";
        publishers.get(i).offer(TOPIC, text.getBytes(StandardCharsets.UTF_8));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Notes each number that does not follow the one before it, of the same publisher. */
  private void check(Delivery delivery) {
    var tree = delivery.tree().orElseThrow();
    String publisher = tree.get("topic").asText();
    long number = tree.get("i").asLong();
    AtomicLong known = last.computeIfAbsent(publisher, p -> new AtomicLong(number - 1));
    long before = known.getAndSet(number);
    if (number != before + 1) {
      wrong.add("publisher " + publisher + ": " + number + " after " + before);
    }
  }

  private int port(int publisher) {
    return publishers.get(publisher).boundAddress().port();
  }

  /** Starts receiving, with what the files and the name server say then. */
  private void receive() {
    DnsServer local = new DnsServer("127.0.0.1", dnsPort);
    DnsConfig dns =
        new DnsConfig(List.of(), local, null, Duration.ofSeconds(1), Duration.ofSeconds(2));
    HostNames hosts = new HostNames(dns);
    in = transport(hosts::resolve);
    Receiver started =
        new Receiver(in, List.of(""), Optional.empty(), message -> true, this::check);
    receiver = started;
    discovery = new Discovery(Optional.of(folder), dns);
    discovery.onChange(map -> started.follow(map.subscribable()));
    discovery.start();
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
    all.add("local-ttl=1");
    server = processes.add(Dnsmasq.start(dnsPort, all.toArray(String[]::new)));
  }

  private String srv(String host, int publisher) {
    return "srv-host=_fedmsg._tcp.example.test," + host + ".example.test," + port(publisher);
  }

  private void write(String yaml) throws IOException {
    Path fresh = Files.writeString(folder.resolve(".new"), yaml);
    Files.move(fresh, folder.resolve("a.yaml"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Waits until exactly these hosts and no others are known, and each message still comes once. */
  private void awaitKnown(String... hosts) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(discovery.current().subscribable().values())
                    .flatMap(addresses -> addresses.stream().map(Endpoint::host).toList())
                    .containsExactlyInAnyOrder(hosts));
    awaitConnections();
    awaitMore();
  }

  private void awaitConnections() {
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(receiver.status())
                    .filteredOn(SubscriptionStatus::connected)
                    .extracting(SubscriptionStatus::address)
                    .containsExactlyInAnyOrder(
                        publishers.stream()
                            .map(p -> p.boundAddress().toString())
                            .toArray(String[]::new)));
  }

  private void awaitMore() {
    for (int i = 0; i < HOSTS.length; i++) {
      String name = String.valueOf(i);
      long seen = last.containsKey(name) ? last.get(name).get() : 0;
      await().atMost(LONG).until(() -> last.containsKey(name) && last.get(name).get() > seen + 200);
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void shouldLoseAndRepeatNothingWhileDnsAndFilesChange() throws Exception {
    serve(srv("pub0", 0), srv("pub1", 1), srv("pub2", 2));
    write("srv_endpoints: [example.test]");
    receive();
    awaitKnown("pub0.example.test", "pub1.example.test", "pub2.example.test");

    // other names for the same addresses
    serve(srv("other0", 0), srv("other1", 1), srv("pub2", 2));
    awaitKnown("other0.example.test", "other1.example.test", "pub2.example.test");

    // files only
    write(
        "endpoints: {a: [tcp://127.0.0.2:%d, tcp://127.0.0.3:%d], b: tcp://127.0.0.4:%d}"
            .formatted(port(0), port(1), port(2)));
    awaitKnown(HOSTS);

    // mixed: one in both, under three hosts
    serve(srv("pub0", 0), srv("other0", 0), srv("pub1", 1));
    write(
        "srv_endpoints: [example.test]\nendpoints: {a: tcp://127.0.0.2:%d, b: tcp://127.0.0.4:%d}"
            .formatted(port(0), port(2)));
    awaitKnown(
        "127.0.0.2", "127.0.0.4", "pub0.example.test", "other0.example.test", "pub1.example.test");

    // DNS only again, after which the server goes away
    serve(srv("pub0", 0), srv("pub1", 1), srv("pub2", 2));
    awaitKnown(
        "127.0.0.2", "127.0.0.4", "pub0.example.test", "pub1.example.test", "pub2.example.test");
    write("srv_endpoints: [example.test]");
    awaitKnown("pub0.example.test", "pub1.example.test", "pub2.example.test");
    server.close();
    awaitMore();
    awaitMore();
    awaitKnown("pub0.example.test", "pub1.example.test", "pub2.example.test");
  }
}
