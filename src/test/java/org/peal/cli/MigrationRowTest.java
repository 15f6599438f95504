package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.peal.bridge.ServiceTable.Service;
import org.peal.bridge.ServiceTable.Way;
import org.peal.message.TopicPattern;

class MigrationRowTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Instant SINCE = Instant.parse("2026-11-01T00:00:00Z");
  private static final String TOPIC = "org.example.prod.app.event";

  private static Service service(Map<Way, Instant> last, String... schemas) {
    return new Service("org.example.prod.app", last, Set.of(schemas), Set.of(TOPIC));
  }

  private static MigrationRow row(Map<Way, Instant> last, String... schemas) {
    return MigrationRow.of(service(last, schemas), SINCE, Optional.empty());
  }

  @Test
  void of_whereAServicePublishes_tellsItsState() {
    assertThat(row(Map.of(Way.NATIVE_ZMQ, NOW)).state()).isEqualTo("todo");
    assertThat(row(Map.of(Way.NATIVE_ZMQ, NOW, Way.NATIVE_AMQP, NOW), "app.v1").publishes())
        .isEqualTo("both");
    assertThat(row(Map.of(Way.NATIVE_AMQP, NOW), "app.v1").state()).isEqualTo("done");
    assertThat(row(Map.of(Way.NATIVE_AMQP, NOW), "base.message").obstacle())
        .isEqualTo("has no schema of its own");
    assertThat(
            row(Map.of(Way.NATIVE_ZMQ, SINCE.minusSeconds(1), Way.NATIVE_AMQP, NOW), "a").state())
        .as("what it did long ago does not count")
        .isEqualTo("done");
  }

  @Test
  void of_consumers_areUnknownOrTheBoundQueues() {
    BoundQueues queues =
        new BoundQueues(
            List.of(
                new BoundQueues.Bound("mine", TopicPattern.parse("#.event")),
                new BoundQueues.Bound("other", TopicPattern.parse("io.pagure.#")),
                new BoundQueues.Bound("peal.bridge.to-zmq", TopicPattern.parse("#"))));
    Service service = service(Map.of(Way.NATIVE_ZMQ, NOW));

    assertThat(MigrationRow.of(service, SINCE, Optional.of(queues)).consumers())
        .contains(Set.of("mine"));
    assertThat(row(Map.of(Way.NATIVE_ZMQ, NOW)).cells()).contains("unknown");
  }

  @Test
  void html_hostileText_isEscaped() {
    Service service = new Service("<script>", Map.of(Way.NATIVE_ZMQ, NOW), Set.of(), Set.of(TOPIC));

    String page =
        String.join(
            "\n", MigrationRow.html(List.of(MigrationRow.of(service, SINCE, Optional.empty()))));

    assertThat(page).contains("<td>&lt;script&gt;</td>").doesNotContain("<script>");
  }
}
