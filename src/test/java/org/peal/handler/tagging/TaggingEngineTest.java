package org.peal.handler.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TaggingEngineTest {

  private static final String BODY =
      "{\"id\": 1, \"name\": \"%s\", \"stream\": \"1\", \"version\": \"2\", \"context\": \"c\","
          + " \"state_name\": \"ready\"}";

  private static Decision decide(Compat compat, String rules, String data) {
    return Decisions.of(
        TaggingSettings.defaults(compat),
        rules,
        Optional.of("data: " + data),
        TaggingVectors.json(BODY.formatted("a")));
  }

  /** Undecided is not "does not match": the next rule must not win. */
  @Test
  void decide_hostileExpression_endsInTimeWithoutAnAnswer() {
    String rules =
        """
        - {id: a, type: module, destinations: a, rule: {summary: '^(?:a|aa)+$'}}
        - {id: b, type: module, destinations: b}
        """;
    Decision decision = decide(Compat.PEAL, rules, "{summary: " + "a".repeat(3000) + "c}");
    assertThat(decision.outcome()).isEqualTo(TaggingOutcome.HANDLER_ERROR);
    assertThat(decision.problem().orElseThrow()).contains("takes too long");
    assertThat(decision.calls()).isEmpty();
  }

  @Test
  void decide_ruleThatMultiplies_isBounded() {
    StringBuilder criteria = new StringBuilder();
    StringBuilder tag = new StringBuilder("t");
    for (int i = 0; i < 4; i++) {
      criteria.append("k").append(i).append(": ['(?P<g").append(i).append(">.)'], ");
      tag.append("-\\g<g").append(i).append('>');
    }
    String rules =
        "- {id: a, type: module, destinations: '" + tag + "', rule: {" + criteria + "}}\n";
    String list = "[1, 2, 3, 4, 5, 6, 7, 8, 9]";
    String data = "{k0: " + list + ", k1: " + list + ", k2: " + list + ", k3: " + list + "}";
    for (Compat compat : Compat.values()) {
      Decision decision = decide(compat, rules, data);
      assertThat(decision.outcome()).isEqualTo(TaggingOutcome.HANDLER_ERROR);
      assertThat(decision.problem().orElseThrow()).contains("more than 1000 tags");
    }
  }

  /** The original finds out what a value is when it looks for the first key in it. */
  @Test
  void decide_mapWithoutCriteria_holdsForWhateverIsThere() {
    String rules = "- {id: a, type: module, destinations: t, rule: {summary: {}, xmd: {k: {}}}}\n";
    for (Compat compat : Compat.values()) {
      assertThat(decide(compat, rules, "{summary: text, xmd: {k: 1}}").tags()).containsExactly("t");
      assertThat(decide(compat, rules, "{summary: text, xmd: {}}").tags()).isEmpty();
    }
  }

  @Test
  void decide_groupOfAnotherAlternative_withholdsTheTagOnly() {
    String rules =
        """
        - id: a
          type: module
          rule: {xmd: {v: ['^(?P<x>1)$', '^(?P<y>2)$']}}
          destinations: ['t-\\g<x>', 'u-\\g<y>']
        """;
    Decision decision = decide(Compat.PEAL, rules, "{xmd: {v: 2}}");
    assertThat(decision.tags()).containsExactly("u-2");
    assertThat(decision.notes()).anyMatch(note -> note.contains("t-\\g<x>"));
  }

  /** Whatever the input, there is a decision, and both modes agree where nothing is a quirk. */
  @Test
  void decide_randomRulesAndData_alwaysAnswersAndAsksForEachTagOnce() {
    long seed = Long.getLong("peal.test.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2000; i++) {
      String rules = "[" + rule(random) + ", " + rule(random) + "]";
      String data = "{summary: " + value(random, 3) + ", xmd: " + value(random, 3) + "}";
      String what = "-Dpeal.test.seed=" + seed + ": " + rules + " on " + data;
      Decision ours = decide(Compat.PEAL, rules, data);
      Decision original = decide(Compat.ORIGINAL, rules, data);
      assertThat(new HashSet<>(ours.calls())).as(what).hasSize(ours.calls().size());
      assertThat(ours.calls()).as(what).hasSize(2 * ours.tags().size());
      if (original.outcome() == TaggingOutcome.UNMATCHED) {
        assertThat(ours.outcome()).as(what).isEqualTo(TaggingOutcome.UNMATCHED);
      } else if (original.outcome() == TaggingOutcome.TAGGED) {
        assertThat(ours.matched().orElseThrow().index())
            .as(what)
            .isEqualTo(original.matched().orElseThrow().index());
        assertThat(original.tags()).as(what).containsAll(ours.tags());
      }
    }
  }

  private static String rule(SplittableRandom random) {
    String key = random.nextBoolean() ? "summary" : "xmd";
    return "{id: r, type: module, destinations: 't-\\g<g>', rule: {"
        + key
        + ": "
        + value(random, 3)
        + "}}";
  }

  private static String value(SplittableRandom random, int depth) {
    String[] plain = {"1", "true", "1.0", "~", "a", "'1'", "'(?P<g>.)'", "'^a$'", "2019-01-01"};
    int kind = depth == 0 ? 0 : random.nextInt(4);
    if (kind == 2) {
      return "[" + value(random, depth - 1) + ", " + value(random, depth - 1) + "]";
    } else if (kind == 3) {
      return "{a: " + value(random, depth - 1) + ", 1: " + value(random, depth - 1) + "}";
    }
    return plain[random.nextInt(plain.length)];
  }
}
