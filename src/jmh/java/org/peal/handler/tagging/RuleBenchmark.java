package org.peal.handler.tagging;

import java.nio.charset.StandardCharsets;
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
import org.peal.config.Place;

/**
 * Deciding about a module build by 1,000 rules of which the last fits: microseconds a message.
 * {@code mvn -Pbench test-compile exec:exec -Djmh="RuleBenchmark"}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RuleBenchmark {

  private static final int RULES = 1000;

  private static final String RULE =
      """
      - id: rule %1$d
        type: module
        rule:
          build_state: ready
          name: ['^module-%1$d$', '-of-%1$d$']
          dependencies:
            requires:
              platform: '^f(?P<release>[0-9]+)$'
        destinations: 'f\\g<release>-modular-%1$d'
      """;

  private static final String MODULEMD =
      """
      document: modulemd
      version: 2
      data:
        name: module-%1$d
        stream: rolling
        version: 4320261124120000
        context: 6c81f848
        dependencies:
        - requires: {platform: [f43]}
      """;

  private final TaggingSettings settings = TaggingSettings.defaults(Compat.PEAL);
  private final Rules rules = rules();
  private final BuildSample build =
      BuildSample.of(
          Modulemd.parse(MODULEMD.formatted(RULES - 1), Place.at("the benchmark")), "ready");

  private Rules rules() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < RULES; i++) {
      text.append(RULE.formatted(i));
    }
    byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
    return RuleFile.read(utf8, Place.at("the benchmark"), settings).inForce(settings.compat());
  }

  /** All of it: state, rules, tags. */
  @Benchmark
  public Decision decide() {
    Decision decision = build.decide(settings, rules);
    if (decision.outcome() != TaggingOutcome.TAGGED) {
      throw new IllegalStateException("the last rule must fit: " + decision);
    }
    return decision;
  }
}
