package org.peal.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that is measured in one process. Thread-safe.
 *
 * <p>Nothing is kept here: each part of Peal counts for itself and adds a source, which is read
 * when somebody asks.
 */
public final class Metrics {

  /** The content type of {@link #text}. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

  private final List<Supplier<List<Sample>>> sources = new CopyOnWriteArrayList<>();

  /**
   * Adds what is measured from now on.
   *
   * @param source is called by any thread, must not block, and gives each name and set of labels
   *     once
   * @return ends this when it is run
   */
  public Runnable add(Supplier<List<Sample>> source) {
    sources.add(source);
    return () -> sources.remove(source);
  }

  /** Returns all numbers as they are now; a source that fails is left out and logged. */
  public List<Sample> samples() {
    List<Sample> all = new ArrayList<>();
    for (Supplier<List<Sample>> source : sources) {
      try {
        all.addAll(source.get());
      } catch (RuntimeException e) {
        LOG.warn("a source of metrics fails", e);
      }
    }
    return all;
  }

  /** Returns all numbers in the text format of Prometheus. */
  public String text() {
    SortedMap<String, List<Sample>> families = new TreeMap<>();
    samples().forEach(s -> families.computeIfAbsent(s.name(), n -> new ArrayList<>()).add(s));
    List<MetricSnapshot> snapshots = families.values().stream().map(Metrics::snapshot).toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(bytes, new MetricSnapshots(snapshots));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static MetricSnapshot snapshot(List<Sample> family) {
    Sample first = family.get(0);
    if (first.kind() == Sample.Kind.COUNTER) {
      CounterSnapshot.Builder counters =
          CounterSnapshot.builder().name(first.name()).help(first.help());
      family.forEach(
          s ->
              counters.dataPoint(
                  CounterSnapshot.CounterDataPointSnapshot.builder()
                      .labels(labels(s.labels()))
                      .value(s.value())
                      .build()));
      return counters.build();
    }
    GaugeSnapshot.Builder gauges = GaugeSnapshot.builder().name(first.name()).help(first.help());
    family.forEach(
        s ->
            gauges.dataPoint(
                GaugeSnapshot.GaugeDataPointSnapshot.builder()
                    .labels(labels(s.labels()))
                    .value(s.value())
                    .build()));
    return gauges.build();
  }

  private static Labels labels(Map<String, String> labels) {
    return Labels.of(List.copyOf(labels.keySet()), List.copyOf(labels.values()));
  }
}
