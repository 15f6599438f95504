package org.peal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.zmq.HostResolver;
import org.peal.bus.zmq.ZmqConfig;
import org.peal.bus.zmq.ZmqTransport;
import org.peal.endpoint.Endpoint;
import org.peal.message.MessageId;
import org.peal.message.Topic;
import org.peal.node.replay.ReplayConfig;
import org.peal.node.replay.ReplayServer;
import org.peal.store.Database;
import org.peal.store.StoreConfig;
import org.peal.store.StoredMessage;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;
import org.peal.testing.PythonPeer;

/** Replay with a peer in Python: a plain REQ socket asks Peal, Peal asks a server like fedmsg's. */
class ReplayPeerIT {

  private static final String ANY = "tcp://127.0.0.1:0";

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  @BeforeAll
  static void needsPython() {
    PythonPeer.assumeInstalled();
  }

  /** A server of a transport of its own, on a store in a file that holds the recorded messages. */
  private final class Server implements AutoCloseable {
    private final List<Throwable> fatal = new ArrayList<>();
    private final ZmqTransport transport =
        new ZmqTransport(ZmqConfig.defaults(), 100, HostResolver.system(), fatal::add);
    // They are older than any retention; the clock takes them for young.
    private final Database database =
        Database.open(
            folder.resolve("store.db"),
            StoreConfig.defaults(),
            () -> Instant.ofEpochSecond(1_700_000_000),
            new Random(1));
    private final ReplayServer server;

    private Server() {
      List<StoredMessage> messages = recorded();
      database
          .write(
              transaction -> {
                transaction.append(messages);
                return messages.size();
              })
          .toCompletableFuture()
          .join();
      transport.start();
      server =
          ReplayServer.open(
              transport,
              new ReplayConfig(Endpoint.parse(ANY), null, null, null, null, null, 100_000, null),
              database.log(),
              Optional.of(Duration.ofDays(30)));
    }

    @Override
    public void close() {
      server.close();
      transport.close();
      database.close();
      assertThat(fatal).isEmpty();
    }
  }

  private static List<StoredMessage> recorded() {
    List<StoredMessage> messages = new ArrayList<>();
    for (JsonNode json : Vectors.rows("replay-store.jsonl")) {
      messages.add(
          new StoredMessage(
              json.get("seq_id").longValue(),
              new MessageId(json.get("msg_id").textValue()),
              new Topic(json.get("topic").textValue()),
              json.get("timestamp").longValue(),
              json.toString().getBytes(StandardCharsets.UTF_8)));
    }
    return messages;
  }

  private static List<String> texts(JsonNode frames) {
    List<String> texts = new ArrayList<>();
    frames.forEach(frame -> texts.add(frame.textValue()));
    return texts;
  }

  @Test
  void everyRecordedQuestion_ofARealReqSocket_isAnsweredAsFedmsgDoes() {
    List<JsonNode> rows = Vectors.rows("replay-queries.jsonl");
    assertThat(rows).anyMatch(row -> row.get("query_wire").textValue().equals("{}"));
    try (Server server = new Server()) {
      PythonPeer asker = processes.python("ask", "--connect", server.server.address().toString());
      rows.forEach(row -> asker.writeLine(row.get("query_wire").textValue()));
      List<String> answers = asker.awaitOut(rows.size(), line -> true);
      for (int i = 0; i < rows.size(); i++) {
        assertThat(texts(Vectors.json(answers.get(i)).get("frames")))
            .as(rows.get(i).get("id") + ": " + rows.get(i).get("query_wire"))
            .isEqualTo(texts(rows.get(i).get("reply_frames")));
      }
    }
  }

  @Test
  void manyReqSockets_askAtOnce_allAreAnswered() {
    try (Server server = new Server()) {
      String address = server.server.address().toString();
      List<PythonPeer> askers =
          IntStream.range(0, 4)
              .mapToObj(i -> processes.python("ask", "--connect", address))
              .toList();
      for (int i = 0; i < 200; i++) {
        String question = "{\"seq_id\":" + (1 + i % 5) + "}";
        askers.forEach(asker -> asker.writeLine(question));
      }
      for (PythonPeer asker : askers) {
        List<String> answers = asker.awaitOut(200, line -> true);
        for (int i = 0; i < 200; i++) {
          assertThat(answers.get(i)).contains("\\\"seq_id\\\":" + (1 + i % 5) + ",");
        }
      }
    }
  }

  @Test
  void whatIsNoQuestion_doesNotSpoilTheSocket() {
    try (Server server = new Server()) {
      PythonPeer asker = processes.python("ask", "--connect", server.server.address().toString());
      List.of("", "nonsense", "[1]", "{\"seq_id\":3}").forEach(asker::writeLine);
      List<String> answers = asker.awaitOut(4, line -> true);
      assertThat(answers.subList(0, 3))
          .allMatch(answer -> answer.contains("error: 'The query is not a JSON object'"));
      assertThat(answers.get(3)).contains("\\\"seq_id\\\":3");
    }
  }

  private PythonPeer fedmsg(int count) {
    return processes.python(
        "replay",
        "--bind",
        ANY,
        "--count",
        String.valueOf(count),
        "--cert",
        Vectors.pki("signer-a.crt"),
        "--key",
        Vectors.pki("signer-a.key"));
  }

  private static PealProcess replay(String from, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "replay",
                "--from",
                from,
                "--ca",
                Vectors.pki("ca.crt"),
                "--crl",
                Vectors.pki("crl.pem"),
                "--timeout",
                "60"));
    args.addAll(List.of(more));
    return PealProcess.run("", args.toArray(String[]::new));
  }

  private static List<Long> ids(PealProcess replay) {
    return replay.out().stream().map(line -> Vectors.json(line).get("seq_id").longValue()).toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void stockServer_rangeAlwaysFails_isAskedForIds() {
    PythonPeer server = fedmsg(1200);
    PealProcess replay =
        replay(server.awaitListening(), "--seq", "5:1104", "--unsigned-sequence-ids");
    replay.assertExit(0);
    assertThat(ids(replay)).isEqualTo(range(5, 1104));
    assertThat(server.out()).anyMatch(line -> line.contains("seq_id_range"));
    assertThat(server.out().get(server.out().size() - 1)).contains("seq_ids");
  }

  @Test
  void stockServer_openRange_isAskedUntilItsEnd() {
    PythonPeer server = fedmsg(700);
    PealProcess replay = replay(server.awaitListening(), "--seq", "3:", "--unsigned-sequence-ids");
    replay.assertExit(0);
    assertThat(ids(replay)).isEqualTo(range(3, 700));
  }

  @Test
  void stockServer_lacksSomeIds_exitIs1WithTheirNames() {
    PythonPeer server = fedmsg(10);
    PealProcess replay =
        replay(server.awaitListening(), "--seq", "8:13", "--unsigned-sequence-ids");
    replay.assertExit(1);
    assertThat(ids(replay)).isEqualTo(range(8, 10));
    assertThat(replay.err()).anyMatch(line -> line.endsWith("sequence ids 11 to 13"));
  }

  @Test
  void stockServer_idsAndTimes_areAnswered() {
    PythonPeer server = fedmsg(4);
    String address = server.awaitListening();
    PealProcess all = replay(address, "--since", "1h", "--unsigned-sequence-ids");
    all.assertExit(0);
    assertThat(ids(all)).isEqualTo(range(1, 4));
    String second = Vectors.json(all.out().get(1)).get("msg_id").textValue();
    PealProcess one = replay(address, "--id", second, "--unsigned-sequence-ids");
    one.assertExit(0);
    assertThat(ids(one)).containsExactly(2L);
  }

  @Test
  void idsAddedAfterSigning_withoutTheOption_areRefused() {
    PythonPeer server = fedmsg(3);
    PealProcess replay = replay(server.awaitListening(), "--seq", "1:3");
    replay.assertExit(77);
    assertThat(replay.out()).isEmpty();
    assertThat(replay.err()).anyMatch(line -> line.contains("BAD_SIGNATURE"));
    assertThat(replay.err()).anyMatch(line -> line.contains("3 messages failed verification"));
  }
}
