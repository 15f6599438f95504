package org.peal.sentence;

import com.fasterxml.jackson.databind.JsonNode;
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

/**
 * Telling people what a message says: {@code mvn -Pbench test-compile exec:exec
 * -Djmh="SentenceBenchmark"}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SentenceBenchmark {

  private final Sentences sentences = Sentences.builtIn();
  private final JsonNode message = SampleMessages.trees(1).get(0);

  /** The built-in rules. */
  @Benchmark
  public Sentence sentence() {
    return sentences.of(message);
  }
}
