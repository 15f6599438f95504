package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.PublishException.Kind;
import org.peal.bus.Published;
import org.peal.crypto.Signer;
import org.peal.crypto.SigningException;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;
import org.peal.store.Database;
import org.peal.store.Fsync;
import org.peal.store.OutboxMessage;
import org.peal.store.Page;
import org.peal.store.ReplayQuery;
import org.peal.store.RetentionConfig;
import org.peal.store.StoreConfig;
import org.peal.store.StoredMessage;
import org.peal.stream.Rows;

/** What a publisher promises, with a real store and signers that can be held up or fail. */
class DurablePublisherTest {

  private static final Topic TOPIC = new Topic("org.example.dev.a.b");
  private static final long LIMIT = 60;

  /** Whatever the messages' own time, which is a fixed one. */
  private static final RetentionConfig KEEP_ALL =
      new RetentionConfig(Duration.ZERO, null, null, null, null);

  @TempDir Path folder;
  private Database database;
  private DurablePublisher publisher;
  private final List<JsonNode> sent = new CopyOnWriteArrayList<>();
  private final CountDownLatch open = new CountDownLatch(1);

  @BeforeEach
  void openStore() {
    StoreConfig config = new StoreConfig(null, null, null, null, KEEP_ALL);
    database =
        Database.open(folder.resolve("store.db"), config, InstantSource.system(), new Random(1));
  }

  @AfterEach
  void close() {
    open.countDown();
    if (publisher != null) {
      publisher.close();
    }
    database.close();
  }

  /** Signs by a mark; a body with {@code fail} fails, one with {@code wait} waits for the test. */
  private ObjectNode mark(ObjectNode unsigned) {
    try {
      if (unsigned.path("msg").has("wait") && !open.await(LIMIT, TimeUnit.SECONDS)) {
        throw new SigningException("the test did not go on", null);
      }
    } catch (InterruptedException e) {
      throw new SigningException("interrupted", e);
    }
    if (unsigned.path("msg").has("fail")) {
      throw new SigningException("the key is away", null);
    }
    return unsigned.deepCopy().put("signature", "mark of " + unsigned.path("seq_id"));
  }

  private DurablePublisher publisher(Journal journal, PublishLimits limits) {
    Signer signer = this::mark;
    publisher =
        new DurablePublisher(
            journal,
            draft -> Optional.of(signer),
            new EnvelopeFactories(Instant.ofEpochSecond(1_700_000_000)).create(),
            Identity.headers(journal, "test.host", new Random(2)),
            limits,
            batch -> batch.forEach(frames -> sent.add(parse(frames.payload()))));
    publisher.start();
    return publisher;
  }

  /** Makes factories of one instant. */
  private record EnvelopeFactories(Instant now) {
    org.peal.message.EnvelopeFactory create() {
      return new org.peal.message.EnvelopeFactory(
          InstantSource.fixed(now), TimeZone.getTimeZone("UTC"), UUID::randomUUID, "tester");
    }
  }

  private DurablePublisher publisher() {
    return publisher(new DatabaseJournal(database), limits(100, WhenFull.WAIT));
  }

  private static PublishLimits limits(int inFlight, WhenFull whenFull) {
    return limits(inFlight, 1 << 20, whenFull);
  }

  private static PublishLimits limits(int inFlight, long bytes, WhenFull whenFull) {
    return new PublishLimits(inFlight, bytes, whenFull, Duration.ofMillis(50), 10_000);
  }

  private static JsonNode parse(byte[] text) {
    return StrictJson.parse(text, JsonLimits.DEFAULT);
  }

  private static ObjectNode body(String key) {
    return JsonNodeFactory.instance.objectNode().put(key, 1);
  }

  private static Draft draft(String key) {
    return Draft.of(TOPIC, body(key));
  }

  private static Draft named(String key, String id) {
    Draft plain = draft(key);
    return new Draft(
        plain.topic(),
        plain.body(),
        plain.headers(),
        plain.severity(),
        Optional.of(new MessageId(id)),
        Optional.of("alice"),
        Optional.empty());
  }

  private static Published done(CompletionStage<Published> stage) throws Exception {
    return stage.toCompletableFuture().get(LIMIT, TimeUnit.SECONDS);
  }

  private static long number(CompletionStage<Published> stage) throws Exception {
    return done(stage).sequenceId().orElseThrow();
  }

  private static Kind failure(CompletionStage<Published> stage) throws Exception {
    try {
      throw new AssertionError("was accepted: " + done(stage));
    } catch (ExecutionException e) {
      return ((PublishException) e.getCause()).kind();
    }
  }

  private List<StoredMessage> log() {
    return database
        .log()
        .read(new ReplayQuery.Everything(), 0, new Page.Limit(100_000, 1L << 30))
        .messages();
  }

  private void assertLogIsSentWithoutHoles(long count) {
    List<StoredMessage> log = log();
    assertThat(log.stream().map(StoredMessage::sequenceId))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, count).boxed().toList());
    assertThat(sent).isEqualTo(log.stream().map(row -> parse(row.payload())).toList());
    assertThat(sent)
        .allSatisfy(
            message ->
                assertThat(message.get("signature").textValue())
                    .isEqualTo("mark of " + message.get("seq_id")));
  }

  @Test
  void publish_message_isNumberedSignedStoredAndSent() throws Exception {
    Published published = done(publisher().publish(named("x", "2026-id")));

    assertThat(published).isEqualTo(new Published(new MessageId("2026-id"), OptionalLong.of(1)));
    assertLogIsSentWithoutHoles(1);
    JsonNode message = sent.get(0);
    assertThat(message.get("username").textValue()).isEqualTo("alice");
    assertThat(message.get("i").intValue()).isEqualTo(1);
    JsonNode headers = message.get("headers");
    assertThat(headers.get("peal-stream").textValue()).isEqualTo(database.log().stream().value());
    assertThat(headers.get("peal-run").textValue()).matches("[0-9a-f]{16}");
    assertThat(headers.get("peal-start").textValue()).isEqualTo("1");
    assertThat(headers.get("peal-name").textValue()).isEqualTo("test.host");
  }

  @Test
  void publish_nextRun_goesOnAndTellsWhereItStarted() throws Exception {
    done(publisher().publish(draft("x")));
    publisher.close();

    assertThat(number(publisher().publish(draft("y")))).isEqualTo(2);

    assertThat(sent.get(1).at("/headers/peal-start").textValue()).isEqualTo("2");
    assertThat(sent.get(1).at("/headers/peal-stream"))
        .isEqualTo(sent.get(0).at("/headers/peal-stream"));
  }

  @Test
  void publish_firstIsSignedLast_orderStays() throws Exception {
    publisher();
    CompletionStage<Published> first = publisher.publish(draft("wait"));
    CompletionStage<Published> second = publisher.publish(draft("x"));

    assertThat(log()).isEmpty();
    open.countDown();

    assertThat(number(first)).isEqualTo(1);
    assertThat(number(second)).isEqualTo(2);
    assertLogIsSentWithoutHoles(2);
  }

  @Test
  void publish_signatureFails_laterOnesFailWithItAndTheNumberIsUsedAgain() throws Exception {
    publisher();
    CompletionStage<Published> before = publisher.publish(draft("x"));
    // Held up, so that all of them are in the ring together.
    CompletionStage<Published> held = publisher.publish(draft("wait"));
    CompletionStage<Published> bad = publisher.publish(draft("fail"));
    CompletionStage<Published> after = publisher.publish(named("x", "again"));
    open.countDown();

    assertThat(number(before)).isEqualTo(1);
    assertThat(number(held)).isEqualTo(2);
    assertThat(failure(bad)).isEqualTo(Kind.BROKEN);
    assertThat(failure(after)).isEqualTo(Kind.OVERTAKEN);
    assertThat(number(publisher.publish(named("x", "again")))).isEqualTo(3);
    assertLogIsSentWithoutHoles(3);
  }

  @Test
  void publish_tooLarge_malformed() throws Exception {
    ObjectNode large = JsonNodeFactory.instance.objectNode().put("a", "x".repeat(10_000));
    assertThat(failure(publisher().publish(Draft.of(TOPIC, large)))).isEqualTo(Kind.MALFORMED);
    assertThat(number(publisher.publish(draft("x")))).isEqualTo(1);
  }

  @Test
  void publish_sameIdAgain_sameAnswerAndOneMessage() throws Exception {
    publisher();
    CompletionStage<Published> one = publisher.publish(named("wait", "same"));
    CompletionStage<Published> underWay = publisher.publish(named("x", "same"));
    open.countDown();
    Published first = done(one);
    assertThat(done(underWay)).isEqualTo(first);
    assertThat(done(publisher.publish(named("y", "same")))).isEqualTo(first);

    publisher.close();
    assertThat(done(publisher().publish(named("z", "same")))).isEqualTo(first);
    assertLogIsSentWithoutHoles(1);
    assertThat(publisher.publish(draft("x")).toCompletableFuture().get().sequenceId()).hasValue(2);
  }

  @Test
  void publish_headerOfOurs_forbidden() throws Exception {
    ObjectNode headers = JsonNodeFactory.instance.objectNode().put("peal-start", "9");
    Draft draft =
        new Draft(
            TOPIC,
            body("x"),
            headers,
            Severity.INFO,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(failure(publisher().publish(draft))).isEqualTo(Kind.FORBIDDEN);
  }

  @Test
  void publish_full_waitsFailsOrDrops() throws Exception {
    publisher(new DatabaseJournal(database), limits(2, WhenFull.WAIT));
    publisher.publish(draft("wait"));
    publisher.publish(draft("x"));
    assertThat(failure(publisher.publish(draft("x")))).isEqualTo(Kind.TIMED_OUT);
    assertThat(publisher.offer(draft("x"))).isEmpty();
    open.countDown();
    assertThat(publisher.publish(draft("x"))).isNotNull();
  }

  @Test
  void publish_fullByFailAndDrop_refusedAtOnceAndCounted() throws Exception {
    publisher(new DatabaseJournal(database), limits(1, WhenFull.FAIL));
    publisher.publish(draft("wait"));
    assertThat(failure(publisher.publish(draft("x")))).isEqualTo(Kind.FULL);
    assertThat(publisher.status().dropped()).isZero();
    open.countDown();
    publisher.close();

    CountDownLatch held = new CountDownLatch(1);
    publisher =
        new DurablePublisher(
            Journal.NONE,
            draft -> Optional.of(unsigned -> awaited(held, unsigned)),
            new EnvelopeFactories(Instant.EPOCH).create(),
            JsonNodeFactory.instance.objectNode(),
            limits(1, WhenFull.DROP),
            batch -> {});
    publisher.start();
    publisher.publish(draft("x"));
    assertThat(failure(publisher.publish(draft("y")))).isEqualTo(Kind.FULL);
    assertThat(failure(publisher.publish(draft("z")))).isEqualTo(Kind.FULL);
    assertThat(publisher.status().dropped()).isEqualTo(2);
    held.countDown();
  }

  @Test
  void publish_bytesUnderWayAreFull_waitsUntilTheyAreStored() throws Exception {
    long weight = DraftWeight.of(draft("wait"));
    publisher(new DatabaseJournal(database), limits(100, weight + 1, WhenFull.WAIT));
    publisher.publish(draft("wait"));
    CompletionStage<Published> last = publisher.publish(draft("wait"));
    assertThat(publisher.status().underWayBytes()).isEqualTo(2 * weight);

    assertThat(publisher.offer(draft("x"))).isEmpty();
    assertThat(failure(publisher.publish(draft("x")))).isEqualTo(Kind.TIMED_OUT);
    open.countDown();

    assertThat(number(last)).isEqualTo(2);
    // Room is given back after the answer.
    await().until(() -> publisher.status().underWayBytes() == 0);
    assertThat(number(publisher.publish(draft("x")))).isEqualTo(3);
    assertLogIsSentWithoutHoles(3);
  }

  @Test
  void publish_diskFails_stopsWithTheReasonUntilARestart() throws Exception {
    database.close();
    StoreConfig soon = new StoreConfig(null, Fsync.INTERVAL, Duration.ofMillis(10), null, KEEP_ALL);
    Path file = folder.resolve("failing.db");
    database = Database.open(file, soon, InstantSource.system(), new Random(4));
    publisher(new DatabaseJournal(database), limits(10, WhenFull.WAIT));
    assertThat(number(publisher.publish(draft("x")))).isEqualTo(1);
    // A folder can be written no more than a disk that fails.
    Path writeAhead = folder.resolve("failing.db-wal");
    Path aside = Files.move(writeAhead, folder.resolve("aside"));
    Files.createDirectory(writeAhead);
    // What there was may have been forced before.
    await()
        .until(
            () -> {
              database.write(transaction -> true);
              return database.failure().isPresent();
            });
    Files.delete(writeAhead);
    Files.move(aside, writeAhead);

    assertThat(failure(publisher.publish(named("x", "id")))).isEqualTo(Kind.BROKEN);
    assertThat(failure(publisher.publish(named("x", "id")))).isEqualTo(Kind.BROKEN);
    assertThat(publisher.status().isStopped()).isTrue();
    assertThat(publisher.status().problem().orElse("")).contains("cannot be forced to the disk");
    assertThat(sent).hasSize(1);

    publisher.close();
    database.close();
    database = Database.open(file, soon, InstantSource.system(), new Random(4));
    publisher(new DatabaseJournal(database), limits(10, WhenFull.WAIT));
    assertThat(number(publisher.publish(named("x", "id")))).isEqualTo(2);
    assertLogIsSentWithoutHoles(2);
  }

  /** Publishes until two commits wait in a store that is busy until the test goes on. */
  private List<CompletionStage<Published>> publishToBusyStore(Rows rowsOfTheFirst) {
    CountDownLatch busy = new CountDownLatch(1);
    database.write(
        transaction -> {
          busy.countDown();
          try {
            return open.await(LIMIT, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    // Before that the store would take the first commit together with the work that holds it up.
    await().until(() -> busy.getCount() == 0);
    publisher(new DatabaseJournal(database), limits(4000, 32 << 20, WhenFull.WAIT));
    List<CompletionStage<Published>> stages = new ArrayList<>();
    stages.add(publisher.publish(draft("x"), rowsOfTheFirst));
    for (int i = 1; i < 2600; i++) {
      stages.add(publisher.publish(draft("x")));
    }
    await().until(() -> database.waiting() == 2);
    return stages;
  }

  @Test
  void publish_twoCommitsAreUnderWay_nothingIsSentBeforeItIsStoredAndOrderStays() throws Exception {
    List<CompletionStage<Published>> stages = publishToBusyStore(Rows.NONE);

    assertThat(sent).isEmpty();
    assertThat(stages).noneMatch(stage -> stage.toCompletableFuture().isDone());
    assertThat(publisher.status().underWay()).isEqualTo(stages.size());
    open.countDown();

    for (int i = 0; i < stages.size(); i++) {
      assertThat(number(stages.get(i))).isEqualTo(i + 1);
    }
    await().until(() -> publisher.status().underWay() == 0);
    assertLogIsSentWithoutHoles(stages.size());
  }

  @Test
  void publish_firstOfTwoCommitsFails_allBehindItFailAndTheNumbersAreUsedAgain() throws Exception {
    StoredMessage tooFar = new StoredMessage(5000, new MessageId("far"), TOPIC, 1, new byte[1]);
    List<CompletionStage<Published>> stages =
        publishToBusyStore(transaction -> transaction.append(List.of(tooFar)));
    open.countDown();

    for (CompletionStage<Published> stage : stages) {
      assertThat(failure(stage)).isEqualTo(Kind.BROKEN);
    }
    assertThat(publisher.status().problem().orElse("")).contains("got 5000");
    assertThat(number(publisher.publish(draft("x")))).isEqualTo(1);
    assertThat(publisher.status().problem()).isEmpty();
    assertLogIsSentWithoutHoles(1);
  }

  private static ObjectNode awaited(CountDownLatch latch, ObjectNode unsigned) {
    try {
      if (latch.await(LIMIT, TimeUnit.SECONDS)) {
        return unsigned;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new SigningException("the test did not go on", null);
  }

  @Test
  void publish_withoutStore_hasNoNumberAndPassesThrough() throws Exception {
    publisher(Journal.NONE, limits(10, WhenFull.WAIT));
    assertThat(done(publisher.publish(named("x", "id"))).sequenceId()).isEmpty();
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).has("seq_id")).isFalse();
    assertThat(sent.get(0).has("headers")).isFalse();
  }

  @Test
  void publish_storeIsFull_nothingIsSentAndTheErrorSaysSo() throws Exception {
    database.close();
    StoreConfig small = new StoreConfig(null, null, null, 1L << 20, KEEP_ALL);
    database =
        Database.open(folder.resolve("small.db"), small, InstantSource.system(), new Random(3));
    publisher(new DatabaseJournal(database), limits(10, WhenFull.WAIT));
    String text = "x".repeat(9000);
    int stored = 0;
    PublishException refusal = null;
    while (refusal == null && stored < 1000) {
      try {
        done(
            publisher.publish(
                Draft.of(TOPIC, JsonNodeFactory.instance.objectNode().put("a", text))));
        stored++;
      } catch (ExecutionException e) {
        refusal = (PublishException) e.getCause();
      }
    }

    assertThat(refusal).isNotNull();
    assertThat(refusal.kind()).isEqualTo(Kind.BROKEN);
    assertThat(refusal).hasMessageContaining("is full").hasMessageContaining("small.db");
    assertThat(publisher.status().problem().orElse("")).contains("is full");
    assertLogIsSentWithoutHoles(stored);
  }

  @Test
  void publish_closed_refused() throws Exception {
    publisher().close();
    assertThat(failure(publisher.publish(draft("x")))).isEqualTo(Kind.CLOSED);
  }

  @Test
  void outbox_rows_arePublishedInOrderAndGone() throws Exception {
    List<String> ids = List.of("2026-c", "2026-a", "2026-b");
    for (String id : ids) {
      database.write(tx -> tx.outbox().add(waiting(id))).get();
    }
    // It got into the log, and the process died before it could say so.
    publisher();
    done(publisher.publish(named("x", "2026-a")));
    try (OutboxPump pump =
        new OutboxPump(
            database,
            OutboxPump.ZMQ,
            (draft, row) -> publisher.publish(draft, OutboxPump.removal(row)))) {
      pump.start();
      while (database.read(snapshot -> snapshot.outbox().size("zmq")) > 0) {
        pump.wake();
        Thread.onSpinWait();
      }
    }
    assertThat(log().stream().map(row -> row.id().value()))
        .containsExactly("2026-a", "2026-c", "2026-b");
    assertLogIsSentWithoutHoles(3);
  }

  private static OutboxMessage waiting(String id) {
    return new OutboxMessage(
        new MessageId(id),
        TOPIC,
        "{\"x\":1}",
        "{}",
        Severity.INFO,
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        Optional.of("handler"),
        "zmq");
  }

  @Test
  void publish_anyMixtureOfFailuresByManyThreads_leavesNoHole() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("DurablePublisherTest seed " + seed);
    publisher(new DatabaseJournal(database), limits(64, WhenFull.WAIT));
    open.countDown();
    List<Thread> threads = new ArrayList<>();
    List<Published> accepted = new CopyOnWriteArrayList<>();
    for (int t = 0; t < 4; t++) {
      Random random = new Random(seed + t);
      Thread thread = new Thread(() -> publishMany(random, accepted));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(LIMIT));
    }
    assertLogIsSentWithoutHoles(accepted.size());
    assertThat(accepted.stream().map(p -> p.sequenceId().orElseThrow()).sorted())
        .containsExactlyElementsOf(log().stream().map(StoredMessage::sequenceId).toList());
  }

  private void publishMany(Random random, List<Published> accepted) {
    List<CompletionStage<Published>> stages = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      stages.add(publisher.publish(draft(random.nextInt(20) == 0 ? "fail" : "x")));
    }
    long before = 0;
    for (CompletionStage<Published> stage : stages) {
      try {
        Published published = done(stage);
        assertThat(published.sequenceId().orElseThrow()).isGreaterThan(before);
        before = published.sequenceId().orElseThrow();
        accepted.add(published);
      } catch (ExecutionException e) {
        assertThatExceptionOfType(PublishException.class)
            .isThrownBy(
                () -> {
                  throw e.getCause();
                });
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void payload_isCanonicalAscii() throws Exception {
    done(publisher().publish(draft("\u00e9")));
    assertThat(new String(log().get(0).payload(), StandardCharsets.US_ASCII)).contains("\\u00e9");
  }
}
