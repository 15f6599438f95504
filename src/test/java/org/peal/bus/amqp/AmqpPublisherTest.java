package org.peal.bus.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peal.bus.PublishException;
import org.peal.bus.Published;
import org.peal.schema.Schemas;

/** What a publisher says without a broker: its login is refused by a file that is not there. */
class AmqpPublisherTest {

  private final AmqpPublisher publisher =
      AmqpPublisher.startQuietly(
          AmqpTestConfigs.of(
              Map.of("amqp-url", "amqps://127.0.0.1/", "tls", "{ca-cert: /nowhere/ca.pem}")),
          Schemas.builtIn());

  @AfterEach
  void close() {
    publisher.close();
  }

  @Test
  void publish_whatTheWireHasNoRoomFor_isRefusedAtOnceAndTakesNoRoom() {
    ObjectNode fraction = JsonNodeFactory.instance.objectNode().put("x", 0.5);

    assertRefused(message("a".repeat(256), noHeaders()), PublishException.Kind.MALFORMED);
    assertRefused(message("a", fraction), PublishException.Kind.MALFORMED);

    assertThat(publisher.status().underWay()).isZero();
  }

  @Test
  void publish_loginRefused_failsAtOnce() {
    assertRefused(message("a", noHeaders()), PublishException.Kind.FORBIDDEN);
    assertThat(publisher.status().problem().orElseThrow().kind())
        .isEqualTo(AmqpProblem.Kind.REFUSED);
  }

  private void assertRefused(AmqpMessage message, PublishException.Kind kind) {
    CompletionStage<Published> answer = publisher.publish(message);
    assertThatThrownBy(() -> answer.toCompletableFuture().get(60, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(PublishException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private static ObjectNode noHeaders() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static AmqpMessage message(String topic, ObjectNode headers) {
    return new AmqpMessage(
        topic, Optional.of("id"), headers, noHeaders(), Optional.empty(), Optional.empty());
  }
}
