package org.peal.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.peal.testing.ExternalProcess.Setting;
import org.peal.testing.PealProcess;
import org.peal.testing.Processes;

/** {@code peal bench tagging}, with so few builds that its figures mean nothing. */
class TaggingBenchIT {

  @TempDir Path folder;
  @RegisterExtension final Processes processes = new Processes();

  @Test
  void shouldTagABurstAndTellRateAndMemory() {
    Setting setting = Setting.plain().with("PEAL_JAVA_OPTS", "-Djava.io.tmpdir=" + folder);
    PealProcess bench =
        processes.add(
            PealProcess.start(
                setting, "bench", "tagging", "--runs", "1", "--count", "100", "--json"));
    bench.awaitExit(Duration.ofMinutes(4));
    bench.assertExit(0);
    JsonNode rows = LoggerIT.json(bench.out().get(0)).path("rows");
    assertThat(rows.findValuesAsText("what"))
        .containsExactly(
            "100 builds at once",
            "100 builds at once, peak of the heap",
            "100 builds at once, peak of what is resident");
    assertThat(rows).allSatisfy(row -> assertThat(row.path("figure").doubleValue()).isPositive());
  }
}
