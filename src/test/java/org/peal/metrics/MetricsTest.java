package org.peal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {

  @Test
  void text_manySources_isOneFamilyForEachName() {
    Metrics metrics = new Metrics();
    metrics.add(() -> List.of(Sample.counter("peal_sent", "sent", Map.of("part", "relay"), 3)));
    metrics.add(() -> List.of(Sample.counter("peal_sent", "sent", Map.of("part", "a\"b"), 4)));
    metrics.add(() -> List.of(Sample.gauge("peal_depth", "depth", Map.of(), 1.5)));
    assertThat(metrics.text().lines().toList())
        .containsExactly(
            "# HELP peal_depth depth",
            "# TYPE peal_depth gauge",
            "peal_depth 1.5",
            "# HELP peal_sent_total sent",
            "# TYPE peal_sent_total counter",
            "peal_sent_total{part=\"a\\\"b\"} 4.0",
            "peal_sent_total{part=\"relay\"} 3.0");
  }

  @Test
  void samples_removedOrFailingSource_isLeftOut() {
    Metrics metrics = new Metrics();
    Runnable end = metrics.add(() -> List.of(Sample.gauge("peal_gone", "x", Map.of(), 1)));
    metrics.add(
        () -> {
          throw new IllegalStateException("planted");
        });
    metrics.add(() -> List.of(Sample.gauge("peal_there", "x", Map.of(), 1)));
    end.run();
    assertThat(metrics.samples()).extracting(Sample::name).containsExactly("peal_there");
  }

  @Test
  void sample_badName_isRefused() {
    assertThatThrownBy(() -> Sample.counter("peal_sent_total", "x", Map.of(), 1))
        .hasMessageContaining("without _total");
    assertThatThrownBy(() -> Sample.gauge("Sent", "x", Map.of(), 1)).hasMessageContaining("Sent");
  }
}
