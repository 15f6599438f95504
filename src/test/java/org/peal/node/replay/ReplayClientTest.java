package org.peal.node.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.peal.node.replay.ReplayFixture.LONG;
import static org.peal.node.replay.ReplayFixture.fetch;
import static org.peal.node.replay.ReplayFixture.ids;
import static org.peal.node.replay.ReplayFixture.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.zmq.Question;
import org.peal.crypto.Reason;
import org.peal.crypto.Signer;
import org.peal.crypto.Verdict;
import org.peal.crypto.Verifier;
import org.peal.crypto.x509.KeyPairFiles;
import org.peal.crypto.x509.TrustFiles;
import org.peal.crypto.x509.X509Signer;
import org.peal.crypto.x509.X509Verifier;
import org.peal.endpoint.Endpoint;
import org.peal.json.CanonicalJson;
import org.peal.store.ReplayQuery;
import org.peal.stream.LogState;
import org.peal.stream.ReplayOutcome;
import org.peal.stream.ReplayPage;
import org.peal.stream.ReplaySource;
import org.peal.stream.Replayed;
import org.peal.testing.MemoryStore;
import org.peal.testing.TestPki;

class ReplayClientTest {

  private static final String TOPIC = "org.example.test.item";
  private static final String NAME = "logger.host";
  private static final ReplayClientOptions QUICK =
      ReplayClientOptions.DEFAULT.within(Duration.ofSeconds(3), LONG, 1);

  private final ReplayFixture replay = new ReplayFixture();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  @TempDir Path folder;

  @BeforeEach
  void forget() {
    asked.clear();
  }

  @AfterEach
  void close() {
    replay.close();
  }

  private ReplayClient clientOf(Endpoint... addresses) {
    return replay.client(Map.of(NAME, List.of(addresses)));
  }

  private static List<Long> from(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private static List<Long> all(ReplaySource client, ReplayQuery query) throws Exception {
    List<Long> ids = new ArrayList<>();
    long after = 0;
    while (true) {
      ReplayPage page = page(client, NAME, query, after);
      ids.addAll(ids(page));
      if (page.complete()) {
        return ids;
      }
      assertThat(page.until()).isGreaterThan(after);
      after = page.until();
    }
  }

  /** What fedmsg's own server does: no member that it does not know, and no range. */
  private Consumer<Question> stock(MemoryStore store) {
    ReplayAnswers answers = new ReplayAnswers(store, 100_000, 64 << 20, Optional.empty());
    return question -> {
      String text = new String(question.body(), StandardCharsets.UTF_8);
      asked.add(text);
      if (text.contains("\"peal\"")) {
        question.answer(ReplayError.UNSUPPORTED.frames());
      } else if (text.contains("seq_id_range")) {
        question.answer(ReplayError.wrong("seq_id_range").frames());
      } else {
        question.answer(answers.to(question.body()));
      }
    };
  }

  @Test
  void shouldFetchALongRangeInPages() throws Exception {
    ReplayServer server = replay.server(new MemoryStore().fill(10_500, TOPIC));
    ReplayClient client = clientOf(server.address());

    assertThat(all(client, new ReplayQuery.Range(11, 10_400))).isEqualTo(from(11, 10_400));
    assertThat(server.status().responder().questions()).isEqualTo(41);
  }

  @Test
  void shouldAskForTheNextPageBeforeItIsWanted() throws Exception {
    ReplayServer server = replay.server(new MemoryStore().fill(1_000, TOPIC));
    ReplayClient client = clientOf(server.address());

    assertThat(ids(page(client, NAME, new ReplayQuery.Range(1, 1_000), 0))).isEqualTo(from(1, 256));
    await().until(() -> server.status().messages() == 512);
    assertThat(ids(page(client, NAME, new ReplayQuery.Range(257, 1_000), 256)))
        .isEqualTo(from(257, 512));
    await().until(() -> server.status().messages() == 768);
    assertThat(ids(page(client, NAME, new ReplayQuery.Range(1, 1_000), 512)))
        .isEqualTo(from(513, 768));
    assertThat(ids(page(client, NAME, new ReplayQuery.Range(1, 1_000), 768)))
        .isEqualTo(from(769, 1_000));
    assertThat(server.status().responder().questions()).isEqualTo(4);
  }

  @Test
  void shouldAskAgainWhenOtherMessagesAreWanted() throws Exception {
    ReplayServer server = replay.server(new MemoryStore().fill(1_000, TOPIC));
    ReplayClient client = clientOf(server.address());

    page(client, NAME, new ReplayQuery.Range(1, 1_000), 0);
    assertThat(ids(page(client, NAME, new ReplayQuery.Range(1, 300), 256)))
        .isEqualTo(from(257, 300));
    assertThat(ids(page(client, NAME, new ReplayQuery.Range(1, 1_000), 255)))
        .isEqualTo(from(256, 511));
  }

  @Test
  void shouldFetchManySingleIds() throws Exception {
    ReplayServer server = replay.server(new MemoryStore().fill(12_000, TOPIC));
    List<Long> odd = from(1, 12_000).stream().filter(id -> id % 2 == 1).toList();

    assertThat(all(clientOf(server.address()), new ReplayQuery.Ids(odd))).isEqualTo(odd);
  }

  @Test
  void shouldTellWhatIsGoneAndOfTheLog() throws Exception {
    MemoryStore store = new MemoryStore().fill(20, TOPIC);
    store.forget(5);

    ReplayPage page =
        page(clientOf(replay.server(store).address()), NAME, new ReplayQuery.Range(2, 30), 0);

    assertThat(ids(page)).isEqualTo(from(6, 20));
    assertThat(page.gone()).containsExactly(new ReplayQuery.Range(2, 5));
    LogState log = page.log().orElseThrow();
    assertThat(log.stream()).isEqualTo(MemoryStore.STREAM);
    assertThat(log.first()).isEqualTo(6);
    assertThat(log.last()).isEqualTo(20);
    assertThat(log.retention()).contains(Duration.ofDays(30));
  }

  @Test
  void shouldTellWhatTopicFiltersLeaveOut() throws Exception {
    MemoryStore store = new MemoryStore().fill(2, "org.a").fill(2, "org.b").fill(2, "org.a");
    ReplayOutcome outcome =
        clientOf(replay.server(store).address())
            .fetch(NAME, new ReplayQuery.Everything(), 0, List.of("org.b"))
            .toCompletableFuture()
            .get();

    ReplayPage page = ((ReplayOutcome.Answered) outcome).page();
    assertThat(ids(page)).containsExactly(3L, 4L);
    assertThat(page.leftOut())
        .containsExactly(new ReplayQuery.Range(1, 2), new ReplayQuery.Range(5, 6));
  }

  @Test
  void shouldAskFedmsgsOwnServerForSingleIds() throws Exception {
    Endpoint address = replay.responder(stock(new MemoryStore().fill(1300, TOPIC)));
    ReplayClient client = clientOf(address);

    assertThat(all(client, new ReplayQuery.Range(5, 1204))).isEqualTo(from(5, 1204));
    assertThat(asked).hasSize(5);
    assertThat(asked.get(0)).contains("peal");
    assertThat(asked.get(1)).isEqualTo("{\"seq_id_range\":[5,504]}");
    assertThat(asked.get(4)).startsWith("{\"seq_ids\":[1005,").endsWith(",1204]}");
  }

  @Test
  void shouldEndAtTheEndOfFedmsgsLog() throws Exception {
    Endpoint address = replay.responder(stock(new MemoryStore().fill(700, TOPIC)));

    assertThat(all(clientOf(address), new ReplayQuery.Range(1, Long.MAX_VALUE)))
        .isEqualTo(from(1, 700));
  }

  @Test
  void shouldTellWhatFedmsgsServerDoesNotHave() throws Exception {
    MemoryStore store = new MemoryStore().fill(9, TOPIC);
    store.forget(3);

    ReplayPage page =
        page(clientOf(replay.responder(stock(store))), NAME, new ReplayQuery.Range(2, 11), 0);

    assertThat(ids(page)).isEqualTo(from(4, 9));
    assertThat(page.gone())
        .containsExactly(new ReplayQuery.Range(2, 3), new ReplayQuery.Range(10, 11));
    assertThat(page.log()).isEmpty();
    assertThat(page.complete()).isTrue();
  }

  @Test
  void shouldTakeWhatAServerGivesThatOverlooksTheExtension() throws Exception {
    MemoryStore store = new MemoryStore().fill(4, TOPIC);
    Endpoint address =
        replay.responder(
            question ->
                question.answer(
                    new ReplayAnswers(store, 100, 1 << 20, Optional.empty())
                        .to("{\"seq_ids\":[1,2,3,4]}".getBytes(StandardCharsets.UTF_8))));

    ReplayPage page = page(clientOf(address), NAME, new ReplayQuery.Range(2, 3), 0);

    // what was not asked for is nobody's business
    assertThat(ids(page)).containsExactly(2L, 3L);
    assertThat(page.complete()).isTrue();
  }

  @Test
  void shouldTryTheNextAddress() throws Exception {
    ReplayServer server = replay.server(new MemoryStore().fill(3, TOPIC));
    Endpoint closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = new Endpoint("127.0.0.1", socket.getLocalPort());
    }
    Endpoint silent = replay.responder(question -> {});
    ReplayClient client =
        replay.client(
            Map.of(NAME, List.of(closed, silent, server.address())),
            Optional.empty(),
            ReplayClientOptions.DEFAULT.within(Duration.ofSeconds(3), LONG, 3));

    assertThat(ids(page(client, NAME, new ReplayQuery.Range(1, 3), 0))).isEqualTo(from(1, 3));
  }

  @Test
  void shouldAskAgainWhenTheServerIsBusy() throws Exception {
    MemoryStore store = new MemoryStore().fill(3, TOPIC);
    ReplayAnswers answers = new ReplayAnswers(store, 100, 1 << 20, Optional.empty());
    Endpoint address =
        replay.responder(
            question -> {
              asked.add("");
              question.answer(
                  asked.size() < 3 ? ReplayError.BUSY.frames() : answers.to(question.body()));
            });

    assertThat(ids(page(clientOf(address), NAME, new ReplayQuery.Range(1, 3), 0)))
        .isEqualTo(from(1, 3));
  }

  @Test
  void shouldSayHowItFailed() throws Exception {
    Endpoint closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = new Endpoint("127.0.0.1", socket.getLocalPort());
    }
    Endpoint silent = replay.responder(question -> {});
    Endpoint rude = replay.responder(q -> q.answer(new ReplayError("go away").frames()));
    ReplayClient client = replay.client(Map.of(), Optional.empty(), QUICK);
    ReplayQuery query = new ReplayQuery.Range(1, 3);

    assertThat(fetch(client, closed.toString(), query, 0))
        .isInstanceOf(ReplayOutcome.Unreachable.class);
    assertThat(fetch(client, silent.toString(), query, 0))
        .isEqualTo(new ReplayOutcome.TimedOut(Duration.ofSeconds(3)));
    assertThat(fetch(client, rude.toString(), query, 0))
        .isEqualTo(new ReplayOutcome.ServerError("go away"));
    assertThat(why(fetch(client, "nobody", query, 0)))
        .isEqualTo(ReplayOutcome.Why.UNKNOWN_PUBLISHER);
    assertThat(why(fetch(client, "tcp://x", query, 0)))
        .isEqualTo(ReplayOutcome.Why.UNKNOWN_PUBLISHER);
    assertThat(why(fetch(client, rude.toString(), new ReplayQuery.Time(0, Double.NaN), 0)))
        .isEqualTo(ReplayOutcome.Why.BAD_QUERY);
    client.close();
    assertThat(why(fetch(client, rude.toString(), query, 0))).isEqualTo(ReplayOutcome.Why.CLOSED);
  }

  private static ReplayOutcome.Why why(ReplayOutcome outcome) {
    assertThat(outcome).isInstanceOf(ReplayOutcome.Refused.class);
    return ((ReplayOutcome.Refused) outcome).why();
  }

  @Test
  void shouldBoundWhatIsUnderWayAndEndItWhenClosed() throws Exception {
    Endpoint silent = replay.responder(question -> {});
    ReplayClient client = replay.client(Map.of(NAME, List.of(silent)));
    List<CompletableFuture<ReplayOutcome>> waiting = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      waiting.add(client.fetch(NAME, new ReplayQuery.Range(1, 2), 0).toCompletableFuture());
    }

    assertThat(why(fetch(client, NAME, new ReplayQuery.Range(1, 2), 0)))
        .isEqualTo(ReplayOutcome.Why.BUSY);
    client.close();
    for (CompletableFuture<ReplayOutcome> each : waiting) {
      assertThat(why(each.get())).isEqualTo(ReplayOutcome.Why.CLOSED);
    }
  }

  @Test
  void shouldVerifyLikeLiveMessages() throws Exception {
    MemoryStore store = new MemoryStore();
    add(store, 1, true);
    add(store, 2, true);
    store.add(
        "m-3",
        TOPIC,
        3,
        "{\"msg\":{},\"seq_id\":3,\"topic\":\"x\"}".getBytes(StandardCharsets.UTF_8));
    ReplayClient client = verifying(replay.server(store).address(), false);

    ReplayPage page = page(client, NAME, new ReplayQuery.Range(1, 3), 0);

    assertThat(ids(page)).containsExactly(1L, 2L);
    assertThat(page.messages()).allMatch(Replayed::isAuthentic);
    assertThat(page.refused())
        .singleElement()
        .extracting(refused -> ((Verdict.Invalid) refused.verdict().orElseThrow()).reason())
        .isEqualTo(Reason.UNSIGNED);
    assertThat(page.until()).isEqualTo(3);
  }

  @Test
  void shouldRefuseIdsThatCameAfterTheSignature() throws Exception {
    MemoryStore store = new MemoryStore();
    add(store, 1, false);

    ReplayPage page =
        page(
            verifying(replay.server(store).address(), false), NAME, new ReplayQuery.Range(1, 1), 0);

    assertThat(page.messages()).isEmpty();
    assertThat(page.refused()).hasSize(1);
  }

  @Test
  void shouldTakeThemAsNotAuthenticatedWhereThatIsAllowed() throws Exception {
    MemoryStore store = new MemoryStore();
    add(store, 1, false);
    add(store, 2, true);

    ReplayPage page =
        page(verifying(replay.server(store).address(), true), NAME, new ReplayQuery.Range(1, 2), 0);

    assertThat(page.messages()).extracting(Replayed::isAuthentic).containsExactly(false, true);
    assertThat(page.messages()).noneMatch(message -> message.delivery().isInvalid());
  }

  private final TestPki.Identity authority = new TestPki().root("CA");
  private final TestPki.Identity shell = authority.issue("shell");

  private void add(MemoryStore store, long number, boolean isIdSigned) throws Exception {
    TestPki.writeText(folder.resolve("shell.crt"), shell.pem());
    TestPki.writeText(folder.resolve("shell.key"), shell.keyPem());
    Signer signer =
        new X509Signer(
            new KeyPairFiles(folder.resolve("shell.crt"), folder.resolve("shell.key"))::load);
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("topic", TOPIC).put("timestamp", number).putObject("msg").put("n", number);
    if (isIdSigned) {
      message.put("seq_id", number);
    }
    ObjectNode signed = signer.sign(message);
    if (!isIdSigned) {
      signed.put("seq_id", number);
    }
    store.add("m-" + number, TOPIC, number, CanonicalJson.write(signed));
  }

  private ReplayClient verifying(Endpoint address, boolean isUnsignedIdFine) throws Exception {
    Path ca = TestPki.writeText(folder.resolve("ca.crt"), authority.pem());
    Verifier verifier = X509Verifier.builder(new TrustFiles(ca, Optional.empty())::load).build();
    return replay.client(
        Map.of(NAME, List.of(address)),
        Optional.of(verifier),
        ReplayClientOptions.DEFAULT.withUnsignedSequenceIds(isUnsignedIdFine));
  }
}
