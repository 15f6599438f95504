package org.peal.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.peal.bench.BenchKeys;
import org.peal.bench.SampleMessages;
import org.peal.message.TopicFilter;

/**
 * Choosing messages by topic and by what they say: {@code mvn -Pbench test-compile exec:exec
 * -Djmh="FilterBenchmark"}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FilterBenchmark {

  private final JsonNode message = SampleMessages.trees(1).get(0);
  private final Subject subject = new Subject(message, Optional.of(BenchKeys.SIGNER));
  private final Filter equal = Filter.compile("service == \"buildsys\" and body.new == 1");
  private final Filter pattern = Filter.compile("body.name matches \"prometheus.*exporter$\"");
  private final byte[] topic = SampleMessages.topicFrame();
  private final List<TopicFilter> topics =
      IntStream.range(0, 100)
          .<TopicFilter>mapToObj(i -> new TopicFilter.Prefix("org.fedoraproject.dev.svc" + i))
          .toList();

  /** Two comparisons. */
  @Benchmark
  public Answer comparisons() {
    return equal.test(subject);
  }

  /** One regular expression. */
  @Benchmark
  public Answer regularExpression() {
    return pattern.test(subject);
  }

  /** A hundred topics of which none fits. */
  @Benchmark
  public boolean hundredTopics() {
    return topics.stream().anyMatch(filter -> filter.matches(topic));
  }
}
