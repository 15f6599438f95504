package org.peal.json;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
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
 * Reading and canonical writing of a message of 1 KB, beside bare Jackson: {@code mvn -Pbench
 * test-compile exec:exec -Djmh="JsonBenchmark"}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonBenchmark {

  private final byte[] text = SampleMessages.unsigned(1).get(0);
  private final JsonNode tree = StrictJson.parse(text, JsonLimits.DEFAULT);
  private final ObjectMapper jackson =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();
  private final Map<?, ?> map = read();

  private Map<?, ?> read() {
    try {
      return jackson.readValue(text, Map.class);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ours: as strict as Python. */
  @Benchmark
  public JsonNode parse() {
    return StrictJson.parse(text, JsonLimits.DEFAULT);
  }

  /** The limit: Jackson alone. */
  @Benchmark
  public Map<?, ?> parseBare() {
    return read();
  }

  /** Ours: Python's sorted, compact form. */
  @Benchmark
  public byte[] canonical() {
    return CanonicalJson.write(tree);
  }

  /** The limit: Jackson alone, sorted and escaped. */
  @Benchmark
  public byte[] canonicalBare() throws IOException {
    return jackson.writeValueAsBytes(map);
  }
}
