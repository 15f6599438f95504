package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.Broker;
import org.peal.testing.FreePorts;
import org.peal.testing.PealProcess;
import org.peal.testing.Postgres;
import org.peal.testing.Processes;

/** Two nodes with a handler of the same name that take turns, and what may happen to them. */
class LeaseIT {

  private static final String HOLDS = "this node holds the lease";
  private static final String STANDS_BY = "this node stands by";

  private static Postgres server;

  @RegisterExtension final Processes processes = new Processes();
  @TempDir Path folder;
  private final int port = FreePorts.run(2);
  private Site site;
  private String database = "";

  @BeforeAll
  static void startServer() {
    server = Postgres.start();
  }

  @AfterAll
  static void closeServer() {
    server.close();
  }

  @BeforeEach
  void makeSite() {
    database = server.newDatabase();
    site = new Site(folder, processes);
    site.endpoints(port, port + 1);
    site.beside(
        "publisher",
        """
        node: {parts: [publisher, replay], name: test.host, submit: ../node.sock}
        publisher: {out: ["tcp://127.0.0.1:%d"]}
        replay: {in: "tcp://127.0.0.1:%d"}
        """
            .formatted(port, port + 1));
  }

  /** Starts a node whose handler writes what it gets to a file. */
  private PealProcess writer(String name, String file, String away) {
    return writer(name, file, away, "", "");
  }

  private PealProcess writer(String name, String file, String away, String bus, String amqp) {
    site.beside(
        name,
        """
        node: {parts: [handlers], submit: ../node.sock}
        postgresql: {url: "%s"}
        lease: {duration: 2s, away: %s}
        handlers: {writer: {type: log, lease: true, %ssettings: {file: ../%s}}}
        %s
        """
            .formatted(database, away, bus, file, amqp));
    return site.start("node", "--config", name);
  }

  private void startPublisher() {
    site.start("node", "--config", "publisher").awaitErr("(submit)");
  }

  private void publish(int first, int count) {
    String input =
        IntStream.range(first, first + count)
            .mapToObj(i -> "{\"n\":" + i + "}\n")
            .collect(Collectors.joining());
    site.run(input, "logger", "--config", "publisher", "--json-lines", "--no-spool").assertExit(0);
  }

  /** Makes a file that a writer waits at: who opens it has its work in hand. */
  private void makePipe(String name) throws Exception {
    Process mkfifo = new ProcessBuilder("mkfifo", folder.resolve(name).toString()).start();
    assertThat(mkfifo.waitFor()).isZero();
  }

  private List<String> written(String file) {
    Path path = folder.resolve(file);
    try {
      return Files.exists(path)
          ? Files.readAllLines(path).stream().map(LeaseIT::number).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String number(String line) {
    return LoggerIT.json(line).at("/body/n").toString();
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private List<String> sql(String statement) {
    return server.execute(database, statement);
  }

  private void awaitInHand() {
    await()
        .until(
            () ->
                sql("SELECT attempts FROM peal.journal WHERE handler = 'writer'")
                    .equals(List.of("1")));
  }

  private void assertOneOutcomeEach(int count) {
    assertThat(
            sql(
                "SELECT count(*) || ' ' || count(DISTINCT dedup_key) || ' ' || max(outcome)"
                    + " FROM peal.outcome WHERE handler = 'writer'"))
        .containsExactly(count + " " + count + " done");
    assertThat(sql("SELECT id FROM peal.journal")).isEmpty();
  }

  @Test
  void holder_killedWithWorkInHand_isTakenOverWithOneOutcomeEach() throws Exception {
    makePipe("a.pipe");
    startPublisher();
    PealProcess first = writer("a", "a.pipe", "stand-by");
    first.awaitErr(HOLDS);
    PealProcess second = writer("b", "b.jsonl", "stand-by");
    second.awaitErr(STANDS_BY);
    publish(0, 20);
    awaitInHand();
    assertThat(written("b.jsonl")).isEmpty();
    first.signal("KILL");
    second.awaitErr(HOLDS);
    await().until(() -> written("b.jsonl").size() >= 20);
    await().until(() -> sql("SELECT id FROM peal.journal").isEmpty());
    assertThat(written("b.jsonl")).isEqualTo(numbers(20));
    assertOneOutcomeEach(20);
  }

  @Test
  void holderOnAmqp_killedWithWorkInHand_isTakenOverWithOneOutcomeEach() throws Exception {
    Broker broker = Broker.shared();
    String url = broker.url(broker.newVirtualHost());
    String amqp = "amqp: {amqp-url: '%s'}".formatted(url);
    int pages = FreePorts.run(1);
    site.file("a/conf.d/status.yaml", "status: {address: '127.0.0.1:%d'}\n".formatted(pages));
    makePipe("a.pipe");
    PealProcess first = writer("a", "a.pipe", "stand-by", "bus: amqp, queue: work, ", amqp);
    first.awaitErr(HOLDS);
    PealProcess second = writer("b", "b.jsonl", "stand-by", "bus: amqp, queue: work, ", amqp);
    second.awaitErr(STANDS_BY);
    StatusIT.awaitReady(pages, "200 ");
    AmqpEnds ends = new AmqpEnds(site, processes, url, "none");
    ends.publish("org.fedoraproject.dev.logger.log", 0, 20, AmqpEnds::numbered);
    awaitInHand();
    first.signal("KILL");
    second.awaitErr(HOLDS);
    await().until(() -> written("b.jsonl").size() >= 20);
    await().until(() -> sql("SELECT id FROM peal.journal").isEmpty());
    assertThat(written("b.jsonl")).isEqualTo(numbers(20));
    assertOneOutcomeEach(20);
  }

  @Test
  void holder_stoppedPastItsTime_commitsNothingWhenItGoesOn() throws Exception {
    makePipe("a.pipe");
    startPublisher();
    PealProcess first = writer("a", "a.pipe", "stand-by");
    first.awaitErr(HOLDS);
    PealProcess second = writer("b", "b.jsonl", "stand-by");
    second.awaitErr(STANDS_BY);
    publish(0, 10);
    awaitInHand();
    first.signal("STOP");
    second.awaitErr(HOLDS);
    await().until(() -> written("b.jsonl").size() >= 10);
    // The handler that was stopped comes to its end, and its outcome is late.
    Process reader =
        new ProcessBuilder("cat", folder.resolve("a.pipe").toString())
            .redirectOutput(folder.resolve("a.read").toFile())
            .start();
    first.signal("CONT");
    first.awaitErr("is lost");
    first.awaitErr(STANDS_BY);
    reader.destroy();
    publish(10, 1);
    await().until(() -> written("b.jsonl").size() >= 11);
    await().until(() -> sql("SELECT id FROM peal.journal").isEmpty());
    assertThat(written("b.jsonl")).isEqualTo(numbers(11));
    assertOneOutcomeEach(11);
    assertThat(sql("SELECT fencing FROM peal.lease WHERE name = 'writer'")).containsExactly("2");
    assertThat(site.run("", "handlers", "--config", "a").out())
        .anyMatch(line -> line.startsWith("writer") && line.contains("11 done"));
    // An orderly end gives the lease up at once.
    second.terminate();
    second.assertExit(0);
    first.awaitErr(HOLDS + " (number 3)");
  }

  @Test
  void postgresqlAway_standBy_nothingUntilItIsBack() {
    int pages = FreePorts.run(1);
    site.file("a/conf.d/status.yaml", "status: {address: '127.0.0.1:%d'}\n".formatted(pages));
    startPublisher();
    PealProcess node = writer("a", "a.jsonl", "stand-by");
    node.awaitErr(HOLDS);
    publish(0, 3);
    await().until(() -> written("a.jsonl").size() == 3);
    server.kill();
    node.awaitErr("this node stands by since");
    StatusIT.awaitReady(
        pages, "503 not-ready\nfailure: handlers: handler writer: stands by since ");
    publish(3, 3);
    server.boot();
    node.awaitErr("PostgreSQL is back");
    StatusIT.awaitReady(pages, "200 ");
    await().until(() -> written("a.jsonl").size() >= 6);
    assertThat(written("a.jsonl")).isEqualTo(numbers(6));
    await().untilAsserted(() -> assertOneOutcomeEach(6));
  }

  @Test
  void postgresqlAway_act_goesOnAndCarriesOutcomesOver() {
    startPublisher();
    PealProcess node = writer("a", "a.jsonl", "act");
    node.awaitErr(HOLDS);
    publish(0, 3);
    await().until(() -> written("a.jsonl").size() == 3);
    await().until(() -> sql("SELECT id FROM peal.journal").isEmpty());
    // The cursors that it goes on from are copied with each renewal.
    await().until(() -> sql("SELECT seq_id FROM peal.cursor").equals(List.of("3")));
    server.stop();
    node.awaitErr("this node acts without the lease");
    publish(3, 3);
    await().until(() -> written("a.jsonl").containsAll(numbers(6)));
    server.boot();
    node.awaitErr("PostgreSQL is back");
    publish(6, 1);
    await().until(() -> written("a.jsonl").contains("6"));
    await().untilAsserted(() -> assertOneOutcomeEach(7));
    assertThat(written("a.jsonl").stream().filter(n -> Integer.parseInt(n) > 2).toList())
        .containsExactly("3", "4", "5", "6");
  }
}
