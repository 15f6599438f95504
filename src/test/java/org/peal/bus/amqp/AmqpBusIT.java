package org.peal.bus.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peal.ExitCode;
import org.peal.bus.Draft;
import org.peal.bus.PublishException;
import org.peal.bus.Published;
import org.peal.message.Topic;
import org.peal.schema.Schemas;
import org.peal.testing.Broker;

/** The publisher and the consumer against a real broker. */
class AmqpBusIT {

  private final Broker broker = Broker.shared();
  private final String virtualHost = broker.newVirtualHost();
  private final AmqpConfig config = AmqpTestConfigs.of(Map.of("amqp-url", broker.url(virtualHost)));
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    broker.control("delete_vhost", virtualHost);
  }

  @Test
  void publish_consume_everyMessageOnceInOrder() throws Exception {
    List<AmqpMessage> got = Collections.synchronizedList(new ArrayList<>());
    AmqpConsumer consumer = consume(QueueRequest.of(config), got);
    await().until(() -> consumer.status().isReady());
    AmqpPublisher publisher = publisher();

    List<Published> published = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      published.add(
          publisher.publish(draft("a.b", i)).toCompletableFuture().get(60, TimeUnit.SECONDS));
    }

    await().until(() -> got.size() >= 200);
    assertThat(got).extracting(m -> m.body().path("i").intValue()).isSorted().hasSize(200);
    assertThat(got)
        .extracting(m -> m.id().orElseThrow())
        .isEqualTo(published.stream().map(p -> p.id().value()).toList());
    assertThat(publisher.status().published()).isEqualTo(200);
    await().until(() -> consumer.status().queues().get(0).acked() == 200);
  }

  @Test
  void publish_missingExchange_failsAtOnceAndTheNextOneToo() {
    AmqpPublisher publisher =
        AmqpPublisher.start(config, "nowhere", Mandatory.REPORT, Schemas.builtIn());
    open.add(publisher);

    for (int i = 0; i < 3; i++) {
      PublishException e = failure(publisher, draft("a", i));
      assertThat(e.kind()).isEqualTo(PublishException.Kind.RETURNED);
      assertThat(e).hasMessageContaining("nowhere");
    }
    assertThat(publisher.status().connects()).isEqualTo(1);
  }

  @Test
  void publish_noQueue_isReportedOrFailsByPolicy() throws Exception {
    AmqpPublisher reporting = publisher();
    reporting.publish(draft("nobody", 1)).toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThat(reporting.status().unroutable()).isEqualTo(1);
    assertThat(reporting.status().published()).isEqualTo(1);

    AmqpPublisher strict =
        AmqpPublisher.start(config, "amq.topic", Mandatory.FAIL, Schemas.builtIn());
    open.add(strict);
    assertThat(failure(strict, draft("nobody", 1)).kind())
        .isEqualTo(PublishException.Kind.RETURNED);

    AmqpPublisher silent =
        AmqpPublisher.start(config, "amq.topic", Mandatory.OFF, Schemas.builtIn());
    open.add(silent);
    silent.publish(draft("nobody", 1)).toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThat(silent.status().unroutable()).isZero();
  }

  @Test
  void publish_forbiddenTopicAmongOthers_failsAloneAndTheOthersKeepTheirOrder() throws Exception {
    broker.control("add_user", virtualHost, "secret");
    broker.control("set_permissions", "-p", virtualHost, virtualHost, ".*", ".*", ".*");
    broker.control(
        "set_topic_permissions", "-p", virtualHost, virtualHost, "amq.topic", "^good\\.", ".*");
    List<AmqpMessage> got = Collections.synchronizedList(new ArrayList<>());
    AmqpConsumer consumer = consume(QueueRequest.of(config), got);
    await().until(() -> consumer.status().isReady());
    AmqpConfig other =
        AmqpTestConfigs.of(
            Map.of(
                "amqp-url",
                broker.url(virtualHost).replace("guest:guest", virtualHost + ":secret")));
    AmqpPublisher publisher = AmqpPublisher.start(other, Schemas.builtIn());
    open.add(publisher);

    List<java.util.concurrent.CompletionStage<Published>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(publisher.publish(draft(i == 25 ? "bad.one" : "good.one", i)));
    }

    for (int i = 0; i < 50; i++) {
      if (i != 25) {
        answers.get(i).toCompletableFuture().get(60, TimeUnit.SECONDS);
      }
    }
    PublishException refused = failure(answers.get(25));
    assertThat(refused.kind()).isEqualTo(PublishException.Kind.FORBIDDEN);
    assertThat(refused).hasMessageContaining("bad.one");
    await().until(() -> ids(got).size() == 49);
    assertThat(ids(got)).isSorted().doesNotContain(25);
    broker.control("delete_user", virtualHost);
  }

  @Test
  void publish_wrongPassword_failsAtOnce() {
    AmqpConfig wrong =
        AmqpTestConfigs.of(
            Map.of("amqp-url", broker.url(virtualHost).replace("guest:guest", "guest:wrong")));
    AmqpPublisher publisher = AmqpPublisher.start(wrong, Schemas.builtIn());
    open.add(publisher);

    assertThat(failure(publisher, draft("a", 1)).kind()).isEqualTo(PublishException.Kind.FORBIDDEN);
    assertThat(publisher.status().problem().orElseThrow().kind())
        .isEqualTo(AmqpProblem.Kind.REFUSED);
  }

  @Test
  void publish_nobodyThere_failsAfterItsTime() {
    AmqpConfig nowhere =
        AmqpTestConfigs.of(
            Map.of(
                "amqp-url", "amqp://127.0.0.1:1",
                "publish-timeout", "500ms"));
    AmqpPublisher publisher = AmqpPublisher.start(nowhere, Schemas.builtIn());
    open.add(publisher);

    PublishException e = failure(publisher, draft("a", 1));

    assertThat(e.kind()).isEqualTo(PublishException.Kind.TIMED_OUT);
    assertThat(e).hasMessageContaining("127.0.0.1:1");
  }

  @Test
  void consume_queueDeleted_isNoticedAndHealed() throws Exception {
    QueueRequest durable = durable("work");
    List<AmqpMessage> got = Collections.synchronizedList(new ArrayList<>());
    AmqpConsumer consumer = consume(List.of(durable), got);
    await().until(() -> consumer.status().isReady());

    broker.control("-p", virtualHost, "delete_queue", "work");

    await()
        .until(() -> consumer.status().firstProblem().isPresent() || consumer.status().isReady());
    await().until(() -> consumer.status().isReady());
    AmqpPublisher publisher = publisher();
    publisher.publish(draft("a", 7)).toCompletableFuture().get(60, TimeUnit.SECONDS);
    await().until(() -> got.size() == 1);
  }

  /** A broker that is not told of it leaves a consumer in the belief that it consumes. */
  @Test
  void consume_queueDeletedWithoutAWord_isFoundByAskingAndHealed() throws Exception {
    AmqpConfig deaf =
        AmqpTestConfigs.of(
            Map.of("amqp-url", broker.url(virtualHost), "client-properties", "{capabilities: {}}"));
    List<AmqpMessage> got = Collections.synchronizedList(new ArrayList<>());
    AmqpConsumer consumer = consume(deaf, List.of(durable("work")), got);
    await().until(() -> consumer.status().isReady());

    broker.control("-p", virtualHost, "delete_queue", "work");

    assertThat(consumer.status().isReady()).isTrue(); // deaf
    await().until(() -> consumer.status().queues().get(0).cancelled() == 1);
    await().until(() -> consumer.status().isReady());
    assertThat(consumer.status().connects()).isEqualTo(1);
    publisher().publish(draft("a", 8)).toCompletableFuture().get(60, TimeUnit.SECONDS);
    await().until(() -> got.size() == 1);
  }

  @Test
  void consume_missingQueue_isAProblemUntilItIsThere() {
    QueueRequest passive = new QueueRequest("later", Optional.empty(), List.of());
    List<AmqpMessage> got = Collections.synchronizedList(new ArrayList<>());
    AmqpConsumer consumer = consume(List.of(passive), got);

    await().until(() -> consumer.status().firstProblem().isPresent());
    assertThat(consumer.status().firstProblem().orElseThrow().kind())
        .isEqualTo(AmqpProblem.Kind.TOPOLOGY);
    assertThat(consumer.status().isReady()).isFalse();
    assertThat(consumer.status().connected()).isTrue();

    AmqpConsumer owner = consume(List.of(durable("later")), new ArrayList<>());
    await().until(() -> owner.status().isReady());
    assertThat(broker.control("-p", virtualHost, "list_consumers", "consumer_tag"))
        .anyMatch(line -> line.startsWith("test-"));
    await().until(() -> consumer.status().isReady());
    assertThat(consumer.status().firstProblem()).isEmpty();
  }

  @Test
  void consume_connectionKilledByTheOperator_comesBackWithEverything() throws Exception {
    List<AmqpMessage> got = Collections.synchronizedList(new ArrayList<>());
    AmqpConsumer consumer = consume(List.of(durable("work")), got);
    await().until(() -> consumer.status().isReady());
    AmqpPublisher publisher = publisher();

    List<java.util.concurrent.CompletionStage<Published>> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      answers.add(publisher.publish(draft("a", i)));
      if (i % 100 == 50) {
        broker.control("close_all_connections", "-p", virtualHost, "test");
      }
    }

    for (var answer : answers) {
      answer.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
    await().until(() -> ids(got).size() == 300);
    assertThat(ids(got)).isSorted();
    assertThat(publisher.status().connects()).isGreaterThan(1);
  }

  @Test
  void probe_whatIsThere_isToldAndNothingIsMade() {
    try (BrokerProbe probe = BrokerProbe.open(config)) {
      assertThat(probe.hasExchange("amq.topic")).isTrue();
      assertThat(probe.hasExchange("nowhere")).isFalse();
      assertThat(probe.consumers("work")).isEmpty();
      AmqpConsumer consumer = consume(List.of(durable("work")), new ArrayList<>());
      await().until(() -> consumer.status().isReady());
      assertThat(probe.consumers("work")).hasValue(1);
    }
    AmqpConfig refused =
        AmqpTestConfigs.of(
            Map.of("amqp-url", broker.url(virtualHost).replace("guest:guest", "guest:wrong")));
    assertThatThrownBy(() -> BrokerProbe.open(refused))
        .isInstanceOfSatisfying(
            ConsumeException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOGIN_REFUSED));
    AmqpConfig nowhere = AmqpTestConfigs.of(Map.of("amqp-url", "amqp://127.0.0.1:1"));
    assertThatThrownBy(() -> BrokerProbe.open(nowhere))
        .isInstanceOfSatisfying(
            ConsumeException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREACHABLE));
  }

  @Test
  void consume_quorumQueue_isDeclaredAsOne() throws Exception {
    AmqpConfig quorum =
        AmqpTestConfigs.of(
            Map.of(
                "amqp-url", broker.url(virtualHost),
                "queues", "{safe: {quorum: true}}",
                "bindings", "{queue: safe}"));
    List<AmqpMessage> got = Collections.synchronizedList(new ArrayList<>());
    AmqpConsumer consumer = consume(QueueRequest.of(quorum), got);
    await().until(() -> consumer.status().isReady());
    publisher().publish(draft("a", 1)).toCompletableFuture().get(60, TimeUnit.SECONDS);

    await().until(() -> got.size() == 1);
    assertThat(broker.control("list_queues", "-p", virtualHost, "name", "type"))
        .anyMatch(line -> line.contains("safe") && line.contains("quorum"));
  }

  private AmqpPublisher publisher() {
    AmqpPublisher publisher = AmqpPublisher.start(config, Schemas.builtIn());
    open.add(publisher);
    return publisher;
  }

  private AmqpConsumer consume(List<QueueRequest> queues, List<AmqpMessage> into) {
    return consume(config, queues, into);
  }

  private AmqpConsumer consume(AmqpConfig how, List<QueueRequest> queues, List<AmqpMessage> into) {
    AmqpConsumer consumer =
        AmqpConsumer.start(
            "test",
            how,
            queues,
            Schemas.builtIn(),
            delivery -> {
              into.add(delivery.message());
              delivery.ack();
            });
    open.add(consumer);
    return consumer;
  }

  private static QueueRequest durable(String name) {
    QueueTerms terms = new QueueTerms(true, false, false, JsonNodeFactory.instance.objectNode());
    return new QueueRequest(
        name, Optional.of(terms), List.of(new Binding(name, "amq.topic", List.of("#"))));
  }

  /** Returns the numbers in the order of their first coming. */
  private static List<Integer> ids(List<AmqpMessage> messages) {
    synchronized (messages) {
      return messages.stream().map(m -> m.body().path("i").intValue()).distinct().toList();
    }
  }

  private static Draft draft(String topic, int number) {
    return Draft.of(new Topic(topic), JsonNodeFactory.instance.objectNode().put("i", number));
  }

  private static PublishException failure(AmqpPublisher publisher, Draft draft) {
    return failure(publisher.publish(draft));
  }

  private static PublishException failure(java.util.concurrent.CompletionStage<Published> answer) {
    try {
      answer.toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return (PublishException) e.getCause();
    } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("was published");
  }
}
