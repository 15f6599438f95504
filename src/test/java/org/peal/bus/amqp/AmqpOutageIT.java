package org.peal.bus.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bus.Draft;
import org.peal.bus.Published;
import org.peal.message.Topic;
import org.peal.schema.Schemas;
import org.peal.testing.Broker;

/** A broker of its own: with TLS, stopped, killed, and started again. */
class AmqpOutageIT {

  @TempDir static Path folder;

  private static Broker broker;

  private final List<Integer> got = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void startBroker() {
    broker = Broker.withTls(folder);
  }

  @AfterAll
  static void endBroker() {
    broker.close();
  }

  @Test
  void publish_withAClientCertificate_takesThePlaceOfThePassword() throws Exception {
    assertThat(problem(tls("localhost", "ca.crt", true))).isEmpty();
  }

  @Test
  void publish_withAPasswordOverTls_works() throws Exception {
    assertThat(problem(tls("guest:guest@localhost", "ca.crt", false))).isEmpty();
  }

  @Test
  void publish_brokerOfAnotherAuthority_isRefused() throws Exception {
    assertThat(problem(tls("guest:guest@localhost", "other.crt", false)).orElseThrow().kind())
        .isEqualTo(AmqpProblem.Kind.REFUSED);
  }

  @Test
  void publish_brokerOfAnotherName_isRefused() throws Exception {
    AmqpProblem problem = problem(tls("guest:guest@127.0.0.1", "ca.crt", false)).orElseThrow();
    assertThat(problem.kind()).isEqualTo(AmqpProblem.Kind.REFUSED);
  }

  private static AmqpConfig tls(String authority, String ca, boolean certificate) {
    String tls =
        certificate
            ? "{ca-cert: %1$s/%2$s, certfile: %1$s/client.crt, keyfile: %1$s/client.key}"
            : "{ca-cert: %s/%s}";
    return AmqpTestConfigs.of(
        Map.of(
            "amqp-url",
            "amqps://" + authority + ":" + broker.tlsPort() + "/",
            "tls",
            tls.formatted(folder, ca)));
  }

  /** Publishes, and returns why that is impossible, if it is. */
  private static Optional<AmqpProblem> problem(AmqpConfig config) throws Exception {
    try (AmqpPublisher publisher = AmqpPublisher.start(config, Schemas.builtIn())) {
      publisher
          .publish(draft(1))
          .toCompletableFuture()
          .handle((ok, e) -> e)
          .get(60, TimeUnit.SECONDS);
      return publisher.status().problem();
    }
  }

  @Test
  void publish_consume_brokerStoppedAndKilledMeanwhile_losesNothingAndKeepsTheOrder()
      throws Exception {
    AmqpConfig config =
        AmqpTestConfigs.of(
            Map.of(
                "amqp-url", "amqp://guest:guest@127.0.0.1:" + broker.port() + "/",
                "publish-timeout", "2m",
                "reconnect-most", "1s",
                "queues", "{work: {durable: true}}",
                "bindings", "{queue: work}"));
    try (AmqpConsumer consumer =
            AmqpConsumer.start(
                "test", config, QueueRequest.of(config), Schemas.builtIn(), this::collect);
        AmqpPublisher publisher = AmqpPublisher.start(config, Schemas.builtIn())) {
      await().until(() -> consumer.status().isReady());
      List<CompletionStage<Published>> answers = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        answers.add(publisher.publish(draft(i)));
      }
      broker.kill();
      for (int i = 500; i < 900; i++) {
        answers.add(publisher.publish(draft(i)));
      }
      assertThat(answers.get(899).toCompletableFuture()).isNotDone();
      await().until(() -> !consumer.status().isReady());
      broker.boot();
      for (CompletionStage<Published> answer : answers) {
        answer.toCompletableFuture().get(2, TimeUnit.MINUTES);
      }
      broker.stop();
      answers.add(publisher.publish(draft(900)));
      broker.boot();
      answers.get(900).toCompletableFuture().get(2, TimeUnit.MINUTES);

      await().atMost(Duration.ofMinutes(2)).until(() -> firsts().size() == 901);
      assertThat(firsts()).isSorted();
      assertThat(publisher.status().failed()).isZero();
    }
  }

  private void collect(AmqpDelivery delivery) {
    got.add(delivery.message().body().path("i").intValue());
    delivery.ack();
  }

  private List<Integer> firsts() {
    synchronized (got) {
      return got.stream().distinct().toList();
    }
  }

  private static Draft draft(int number) {
    return Draft.of(new Topic("a.b"), JsonNodeFactory.instance.objectNode().put("i", number));
  }
}
