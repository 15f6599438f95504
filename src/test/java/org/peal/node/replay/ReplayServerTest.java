package org.peal.node.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.bus.zmq.Requester;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.MessageId;
import org.peal.store.MessageStore;
import org.peal.store.Page;
import org.peal.store.ReplayQuery;
import org.peal.store.StoredMessage;
import org.peal.store.StreamId;
import org.peal.testing.MemoryStore;

class ReplayServerTest {

  private static final String TOPIC = "org.example.test.item";

  private final ReplayFixture replay = new ReplayFixture();

  @AfterEach
  void close() {
    replay.close();
  }

  private static JsonNode json(String text) {
    return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(
          Path.of(ReplayServerTest.class.getResource("/vectors/fedmsg/" + file).toURI()));
    } catch (IOException | java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MemoryStore recorded() {
    MemoryStore store = new MemoryStore();
    for (String line : lines("replay-store.jsonl")) {
      JsonNode message = json(line);
      store.add(
          message.get("msg_id").textValue(),
          message.get("topic").textValue(),
          message.get("timestamp").longValue(),
          line.getBytes(StandardCharsets.UTF_8));
    }
    return store;
  }

  /** A row of the recorded data, shown by its name. */
  record Row(String name, JsonNode json) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> recordedQueries() {
    return lines("replay-queries.jsonl").stream()
        .map(line -> new Row(json(line).get("id").textValue(), json(line)));
  }

  @ParameterizedTest
  @MethodSource("recordedQueries")
  void shouldAnswerAsFedmsgDoes(Row row) throws Exception {
    Requester requester = replay.requester(replay.server(recorded()).address());
    JsonNode expected = row.json();
    List<String> frames = new ArrayList<>();
    expected.get("reply_frames").forEach(frame -> frames.add(frame.textValue()));

    assertThat(ReplayFixture.ask(requester, expected.get("query_wire").textValue()))
        .isEqualTo(frames);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "[1]", "1", "null", "\"seq_id\"", "{\"seq_id\":1"})
  void shouldSurviveWhatIsNoQuestion(String text) throws Exception {
    Requester requester = replay.requester(replay.server(recorded()).address());

    assertThat(ReplayFixture.ask(requester, text))
        .containsExactly("error: 'The query is not a JSON object'");
    assertThat(ReplayFixture.ask(requester, "{\"seq_id\":2}")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"peal\":1}",
        "{\"peal\":{}}",
        "{\"peal\":{\"version\":1,\"after\":-1}}",
        "{\"peal\":{\"version\":1,\"after\":\"x\"}}",
        "{\"peal\":{\"version\":1,\"topics\":\"a\"}}",
        "{\"peal\":{\"version\":1,\"topics\":[1]}}"
      })
  void shouldSayThatTheExtensionIsWrong(String text) throws Exception {
    Requester requester = replay.requester(replay.server(recorded()).address());

    assertThat(ReplayFixture.ask(requester, text))
        .containsExactly("error: 'Something went wrong when processing the field \"peal\"'");
  }

  @Test
  void shouldAnswerInPagesToThoseWhoAsk() throws Exception {
    MemoryStore store = new MemoryStore().fill(12_345, TOPIC);
    Requester requester = replay.requester(replay.server(store).address());
    List<Long> ids = new ArrayList<>();
    long after = 0;
    boolean complete = false;
    int pages = 0;
    while (!complete) {
      List<String> frames =
          ReplayFixture.ask(
              requester,
              "{\"seq_id_range\":[1,12345],\"peal\":{\"version\":1,\"after\":%d}}"
                  .formatted(after));
      JsonNode facts = json(frames.get(0)).get("peal");
      frames.stream().skip(1).forEach(frame -> ids.add(json(frame).get("seq_id").longValue()));
      assertThat(frames).hasSizeBetween(2, 1001);
      after = facts.get("until").longValue();
      complete = facts.get("complete").booleanValue();
      pages++;
    }
    assertThat(ids).isEqualTo(IntStream.rangeClosed(1, 12_345).mapToObj(i -> (long) i).toList());
    assertThat(pages).isEqualTo(13);
    assertThat(after).isEqualTo(12_345);
  }

  @Test
  void shouldSayWhatIsGoneAndWhatTheLogHolds() throws Exception {
    MemoryStore store = new MemoryStore().fill(20, TOPIC);
    store.forget(7);
    Requester requester = replay.requester(replay.server(store).address());

    List<String> frames =
        ReplayFixture.ask(
            requester, "{\"seq_id_range\":[3,9],\"seq_ids\":[1,15],\"peal\":{\"version\":1}}");

    assertThat(frames.get(0))
        .isEqualTo(
            "{\"peal\":{\"complete\":true,\"first\":8,\"gone\":[[1,1],[3,7]],\"last\":20,"
                + "\"left_out\":[],\"oldest\":8,\"retention\":2592000,"
                + "\"stream\":\"00112233445566778899aabbccddeeff\",\"until\":20,\"version\":1}}");
    assertThat(frames).hasSize(4);
  }

  @Test
  void shouldSayWhatTopicFiltersLeaveOut() throws Exception {
    MemoryStore store = new MemoryStore().fill(3, "org.a.x").fill(2, "org.b.x").fill(1, "org.a.y");
    Requester requester = replay.requester(replay.server(store).address());

    List<String> frames =
        ReplayFixture.ask(
            requester, "{\"peal\":{\"version\":1,\"topics\":[\"org.b\",\"org.a.y\"]}}");

    assertThat(json(frames.get(0)).at("/peal/left_out").toString()).isEqualTo("[[1,3]]");
    assertThat(frames.stream().skip(1).map(frame -> json(frame).get("seq_id").longValue()))
        .containsExactly(4L, 5L, 6L);
  }

  @Test
  void shouldGiveAnEmptyPageForNoMatch() throws Exception {
    Requester requester = replay.requester(replay.server(recorded()).address());

    List<String> frames = ReplayFixture.ask(requester, "{\"seq_id\":99,\"peal\":{\"version\":1}}");

    assertThat(frames).hasSize(1);
    assertThat(json(frames.get(0)).at("/peal/complete").booleanValue()).isTrue();
  }

  @Test
  void shouldRefuseRatherThanShortenTheAnswersOfPlainClients() throws Exception {
    MemoryStore store = new MemoryStore().fill(11, TOPIC);
    ReplayConfig config = ReplayFixture.config(10, 1 << 20, 64, 1_000_000);
    Requester requester = replay.requester(replay.server(store, config).address());

    assertThat(ReplayFixture.ask(requester, "{}"))
        .containsExactly("error: 'Too many messages match the query, ask for fewer'");
    assertThat(ReplayFixture.ask(requester, "{\"seq_id_range\":[2,11]}")).hasSize(10);
  }

  @Test
  void shouldKeepToTheBytesOfAnAnswer() throws Exception {
    MemoryStore store = new MemoryStore().fill(10, TOPIC);
    ReplayConfig config = ReplayFixture.config(10, 200, 64, 1_000_000);
    Requester requester = replay.requester(replay.server(store, config).address());

    assertThat(ReplayFixture.ask(requester, "{}"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("error");
    assertThat(ReplayFixture.ask(requester, "{\"peal\":{\"version\":1}}")).hasSize(3);
  }

  @Test
  void shouldRefuseWhoAsksTooOften() throws Exception {
    ReplayConfig config = ReplayFixture.config(10, 1 << 20, 64, 1);
    ReplayServer server = replay.server(recorded(), config);
    Requester requester = replay.requester(server.address());
    List<String> last = List.of();
    for (int i = 0; i < 10_000 && server.status().refused() == 0; i++) {
      last = ReplayFixture.ask(requester, "{\"seq_id\":1}");
    }
    assertThat(last).containsExactly("error: 'The server is busy, ask again later'");
  }

  @Test
  void shouldRefuseWhatDoesNotFitIntoTheQueue() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    ReplayServer server =
        replay.server(slow(hold), ReplayFixture.config(10, 1 << 20, 1, 1_000_000));
    try {
      for (int i = 0; i < 5; i++) {
        replay
            .requester(server.address())
            .ask("{}".getBytes(StandardCharsets.UTF_8), ReplayFixture.LONG);
      }
      org.awaitility.Awaitility.await().until(() -> server.status().refused() >= 2);
    } finally {
      hold.countDown();
    }
  }

  private static MessageStore slow(CountDownLatch hold) {
    MemoryStore store = recorded();
    return new MessageStore() {
      @Override
      public StreamId stream() {
        return store.stream();
      }

      @Override
      public long lastSequenceId() {
        return store.lastSequenceId();
      }

      @Override
      public long firstSequenceId() {
        return store.firstSequenceId();
      }

      @Override
      public Page read(ReplayQuery query, long after, Page.Limit limit) {
        try {
          hold.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return store.read(query, after, limit);
      }

      @Override
      public java.util.Optional<StoredMessage> find(MessageId id) {
        return store.find(id);
      }
    };
  }
}
