package org.peal.handler.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peal.bus.Bus;
import org.peal.bus.Origin;
import org.peal.bus.amqp.AmqpMessage;
import org.peal.handler.Message;
import org.peal.message.Severity;

class BrokeredMessageTest {

  private static final Origin ORIGIN = new Origin("amq.topic", "amqp://broker");

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static Optional<Message> read(String topic, String id, ObjectNode headers, int n) {
    return BrokeredMessage.of(
        new AmqpMessage(
            topic,
            Optional.of(id),
            headers,
            object().put("n", n),
            Optional.empty(),
            Optional.empty()),
        ORIGIN);
  }

  @Test
  void of_message_hasAllThatItSays() {
    ObjectNode headers =
        object()
            .put("sent-at", "2026-05-04T03:02:01+00:00")
            .put("fedora_messaging_severity", Severity.WARNING.number());
    Message message = read("a.b", "id-1", headers, 1).orElseThrow();
    assertThat(message.bus()).isEqualTo(Bus.AMQP);
    assertThat(message.id().value()).isEqualTo("id-1");
    assertThat(message.topic().value()).isEqualTo("a.b");
    assertThat(message.body()).isEqualTo(object().put("n", 1));
    assertThat(message.headers()).isEqualTo(headers);
    assertThat(message.severity()).isEqualTo(Severity.WARNING);
    assertThat(message.sentAt()).contains(Instant.parse("2026-05-04T03:02:01Z"));
    assertThat(message.verified()).isEmpty();
    assertThat(message.origin()).isEqualTo(ORIGIN);
  }

  @Test
  void of_noId_isNamedByWhatItSays() {
    String name = read("a.b", "", object(), 1).orElseThrow().id().value();
    assertThat(name).startsWith("sha256-");
    assertThat(read("a.b", "", object(), 1).orElseThrow().id().value()).isEqualTo(name);
    assertThat(read("a.b", "", object(), 2).orElseThrow().id().value()).isNotEqualTo(name);
    assertThat(read("a.b", "", object().put("sent-at", "x"), 1).orElseThrow().id().value())
        .isNotEqualTo(name);
  }

  @Test
  void of_noTopic_isNone() {
    assertThat(read("", "id-1", object(), 1)).isEmpty();
  }
}
