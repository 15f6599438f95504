package org.peal.node;

import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.peal.bench.SampleMessages;
import org.peal.bus.Draft;
import org.peal.message.Envelope;
import org.peal.message.EnvelopeFactory;
import org.peal.message.TimedUuids;

/**
 * What a caller does for each draft beside its text: {@code mvn -Pbench test-compile exec:exec
 * -Djmh="DraftBenchmark"}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DraftBenchmark {

  private final TimedUuids uuids = new TimedUuids(InstantSource.system());
  private final Draft draft = Draft.of(SampleMessages.TOPIC, SampleMessages.body(1));
  private final EnvelopeFactory envelopes =
      new EnvelopeFactory(InstantSource.system(), TimeZone.getDefault(), "peal-bench");

  /** About how many bytes it will take. */
  @Benchmark
  public long weight() {
    return DraftWeight.of(draft);
  }

  /** Its id, its time and its tree. */
  @Benchmark
  public Envelope envelope() {
    return envelopes.create(
        draft.topic(),
        draft.body(),
        draft.headers(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty());
  }

  /** The random part of an id. */
  @Benchmark
  public UUID uuid() {
    return uuids.get();
  }
}
