package org.peal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares with Python's own {@code repr}. */
class PythonFloatIT {

  private static final String REPR =
      """
      import sys
      for line in sys.stdin:
          print(repr(float.fromhex(line)))
      """;

  private final Seed seed = Seed.next();
  private final SplittableRandom random = seed.random();

  @Test
  void repr_manyDoubles_asPython() throws Exception {
    List<Double> values =
        Stream.of(
                Doubles.special(),
                some(100_000, Doubles::anyBits),
                some(50_000, Doubles::decimal),
                some(50_000, Doubles::moderate),
                some(10_000, Doubles::subnormal))
            .flatMap(DoubleStream::boxed)
            .toList();
    List<String> answers = Python.answers(REPR, values.stream().map(Double::toHexString).toList());
    assertThat(values.stream().map(PythonFloat::repr).toList()).as("%s", seed).isEqualTo(answers);
  }

  private DoubleStream some(int count, ToDoubleFunction<SplittableRandom> generator) {
    return DoubleStream.generate(() -> generator.applyAsDouble(random)).limit(count);
  }
}
