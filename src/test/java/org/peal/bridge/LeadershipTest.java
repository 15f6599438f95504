package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peal.bus.amqp.AmqpMessage;

/** Whose copies strike entries from a bridge's journal. */
class LeadershipTest {

  private static AmqpMessage crossed(String path) {
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    if (!path.isEmpty()) {
      headers.put(BridgeHeaders.PATH, path);
    }
    return new AmqpMessage(
        "org.example.dev.app",
        Optional.of("2026-id"),
        headers,
        JsonNodeFactory.instance.objectNode(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void isOwn_lastOfThePath_whoeverLeads() {
    assertThat(Leadership.isOwn(crossed("far,b0"), "b0", false)).isTrue();
    assertThat(Leadership.isOwn(crossed("b0"), "b0", true)).isTrue();
    assertThat(Leadership.isOwn(crossed("b0,b1"), "b0", true)).isFalse();
    assertThat(Leadership.isOwn(crossed("b1"), "b0", true)).isFalse();
  }

  @Test
  void isOwn_withoutMarks_onlyForWhoPutsNoneAndLeads() {
    assertThat(Leadership.isOwn(crossed(""), "b0", false)).isFalse();
    assertThat(Leadership.isOwn(crossed(""), "b0", true)).isTrue();
  }
}
