package org.peal.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peal.Deadline;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.Published;
import org.peal.crypto.Signer;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.EnvelopeFactory;
import org.peal.message.Topic;

/** Publishing without a log, where the thread that finishes a message sends it. */
class UnstoredPublisherTest {

  private static final Topic TOPIC = new Topic("org.example.dev.a.b");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int WRITERS = 4;
  private static final int EACH = 500;

  /** Written by whoever has the turn, which must be one at a time. */
  private final List<JsonNode> sent = new ArrayList<>();

  private final CountDownLatch open = new CountDownLatch(1);
  private DurablePublisher publisher = publisher(Optional.empty());

  @AfterEach
  void close() {
    open.countDown();
    publisher.close();
  }

  private DurablePublisher publisher(Optional<Signer> signer) {
    DurablePublisher made =
        new DurablePublisher(
            Journal.NONE,
            draft -> signer,
            new EnvelopeFactory(
                InstantSource.system(), TimeZone.getTimeZone("UTC"), UUID::randomUUID, "tester"),
            Identity.headers(Journal.NONE, "test.host", new Random(2)),
            new PublishLimits(100, 1 << 20, WhenFull.WAIT, LIMIT, 10_000),
            batch ->
                batch.forEach(
                    frames -> sent.add(StrictJson.parse(frames.payload(), JsonLimits.DEFAULT))));
    made.start();
    return made;
  }

  private ObjectNode whenOpen(ObjectNode unsigned) {
    try {
      if (unsigned.path("msg").has("wait")) {
        assertThat(open.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return unsigned.deepCopy().put("signature", "mark");
  }

  private static Draft draft(String key, int value) {
    return Draft.of(TOPIC, JsonNodeFactory.instance.objectNode().put(key, value));
  }

  private List<Integer> sent(String key) {
    return sent.stream()
        .map(message -> message.path("msg").path(key))
        .filter(JsonNode::isInt)
        .map(JsonNode::intValue)
        .toList();
  }

  @Test
  void publish_unsigned_isSentByTheCaller() {
    CompletionStage<Published> answer = publisher.publish(draft("n", 1));

    assertThat(answer.toCompletableFuture()).isCompleted();
    assertThat(sent("n")).containsExactly(1);
  }

  @Test
  void publish_fromAnswersOfOthers_isSentBehindThem() {
    publisher.publish(draft("n", 1)).thenRun(() -> publisher.publish(draft("n", 2)));

    assertThat(sent("n")).containsExactly(1, 2);
  }

  @Test
  void publish_fromManyThreads_eachKeepsItsOrder() throws Exception {
    List<Thread> writers =
        IntStream.range(0, WRITERS)
            .mapToObj(
                writer ->
                    new Thread(
                        () ->
                            IntStream.range(0, EACH)
                                .forEach(n -> publisher.publish(draft("w" + writer, n)))))
            .toList();
    writers.forEach(Thread::start);
    for (Thread writer : writers) {
      writer.join();
    }
    publisher.drain(Deadline.after(LIMIT));

    assertThat(sent).hasSize(WRITERS * EACH);
    for (int writer = 0; writer < WRITERS; writer++) {
      assertThat(sent("w" + writer))
          .containsExactlyElementsOf(IntStream.range(0, EACH).boxed().toList());
    }
  }

  @Test
  void drain_signatureUnderWay_isWaitedForWithAllBehindIt() throws Exception {
    publisher.close();
    publisher = publisher(Optional.of(this::whenOpen));
    publisher.publish(draft("wait", 1));
    publisher.publish(draft("n", 2));
    Thread opening = new Thread(open::countDown);
    opening.start();
    publisher.drain(Deadline.after(LIMIT));
    opening.join();

    assertThat(sent.stream().map(message -> message.path("msg")).toList())
        .containsExactly(draft("wait", 1).body(), draft("n", 2).body());
  }

  @Test
  void publish_tooLarge_failsAloneAndTheNextOneIsSent() {
    CompletionStage<Published> large =
        publisher.publish(Draft.of(TOPIC, JsonNodeFactory.instance.textNode("x".repeat(20_000))));
    publisher.publish(draft("n", 1));

    assertThat(large.toCompletableFuture()).isCompletedExceptionally();
    assertThat(sent("n")).containsExactly(1);
  }

  @Test
  void publish_whenTheOutletThrows_stops() {
    DurablePublisher broken =
        new DurablePublisher(
            Journal.NONE,
            draft -> Optional.empty(),
            new EnvelopeFactory(
                InstantSource.system(), TimeZone.getTimeZone("UTC"), UUID::randomUUID, "tester"),
            Identity.headers(Journal.NONE, "test.host", new Random(2)),
            new PublishLimits(100, 1 << 20, WhenFull.WAIT, LIMIT, 10_000),
            batch -> {
              throw new IllegalStateException("no socket");
            });
    broken.start();
    CompletionStage<Published> answer = broken.publish(draft("n", 1));

    assertThat(answer.toCompletableFuture()).isCompletedExceptionally();
    assertThat(broken.status().isStopped()).isTrue();
    assertThat(broken.publish(draft("n", 2)).toCompletableFuture())
        .failsWithin(LIMIT)
        .withThrowableThat()
        .withCauseInstanceOf(PublishException.class);
  }
}
