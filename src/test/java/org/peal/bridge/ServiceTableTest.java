package org.peal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.bridge.ServiceTable.Service;
import org.peal.bridge.ServiceTable.Way;

class ServiceTableTest {

  @TempDir Path state;

  @Test
  void saw_severalWays_areThereAfterARestart() {
    ServiceTable table = new ServiceTable(state);
    table.saw(Crossings.TOPIC, Way.NATIVE_ZMQ, Optional.empty(), Crossings.NOW.instant());
    table.saw(Crossings.TOPIC, Way.NATIVE_AMQP, Optional.of("app.v1"), Crossings.NOW.instant());
    table.save();

    assertThat(new ServiceTable(state).list())
        .containsExactly(
            new Service(
                "org.example.prod.app",
                Map.of(
                    Way.NATIVE_ZMQ, Crossings.NOW.instant(),
                    Way.NATIVE_AMQP, Crossings.NOW.instant()),
                Set.of("app.v1"),
                Set.of(Crossings.TOPIC)));
  }
}
