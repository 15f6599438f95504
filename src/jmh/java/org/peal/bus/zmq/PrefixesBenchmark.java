package org.peal.bus.zmq;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.peal.bench.SampleMessages;

/**
 * Looking a topic up among many prefixes: {@code mvn -Pbench test-compile exec:exec
 * -Djmh="PrefixesBenchmark"}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PrefixesBenchmark {

  /** How many there are. */
  @Param({"1", "10", "100", "1000"})
  public int size;

  private final Prefixes prefixes = new Prefixes();
  private final byte[] topic = SampleMessages.topicFrame();

  /** Fills the set, of which the last prefix matches. */
  @Setup
  public void fill() {
    for (int i = 1; i < size; i++) {
      prefixes.add(Bytes.utf8("org.fedoraproject.dev.service" + i));
    }
    prefixes.add(topic);
  }

  /** A topic of which one prefix is known. */
  @Benchmark
  public int matching() {
    return prefixes.matching(topic);
  }
}
