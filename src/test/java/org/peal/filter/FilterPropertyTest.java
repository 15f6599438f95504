package org.peal.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FilterPropertyTest {

  private static final int ROUNDS = 10_000;

  private final long seed = Seeds.next();
  private final SplittableRandom random = new SplittableRandom(seed);
  private final RandomFilters filters = new RandomFilters(random);

  @Test
  void test_randomExpressions_agreesWithASecondEvaluator() {
    int matches = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Expression expression = filters.expression(3);
      Subject subject = filters.subject();
      boolean expected = new NaiveFilter(subject).holds(expression);
      assertThat(expression.holds(new Run(subject, Filter.MAX_STEPS)))
          .as("%s on %s, -Dpeal.test.seed=%d", expression.text(), subject, seed)
          .isEqualTo(expected);
      matches += expected ? 1 : 0;
    }
    assertThat(matches).as("share of matches").isBetween(ROUNDS / 10, ROUNDS - ROUNDS / 10);
  }

  @Test
  void toString_randomExpressions_readsBackAsTheSame() {
    for (int i = 0; i < ROUNDS; i++) {
      Expression expression = filters.expression(4);
      assertThat(Parser.parse(expression.text()))
          .as("%s, -Dpeal.test.seed=%d", expression.text(), seed)
          .isEqualTo(expression);
    }
  }

  @Test
  void compile_mutatedExpressions_givesAFilterOrAFilterException() {
    for (int i = 0; i < ROUNDS; i++) {
      compile(mutated(filters.expression(3).text()));
    }
  }

  @Test
  void compile_mutatedRegularExpressions_givesAFilterOrAFilterException() {
    for (int i = 0; i < ROUNDS / 10; i++) {
      String regex = mutated("^(a|[^b-d]{2,9})+?\\pL\\Q.(\\E(?:x{3}){4,}|\\b(?P<n>y*)$");
      compile("body matches " + Literal.of(regex).text());
    }
  }

  private void compile(String text) {
    try {
      Filter filter = Filter.compile(text);
      filter.test(filters.subject());
    } catch (FilterException e) {
      assertThat(e.excerpt().lines().count()).as(text).isEqualTo(2);
      assertThat(e.line()).as(text).isPositive();
      assertThat(e.column()).as(text).isPositive();
    } catch (RuntimeException | StackOverflowError e) {
      fail("-Dpeal.test.seed=%d: %s".formatted(seed, text), e);
    }
  }

  private String mutated(String text) {
    StringBuilder result = new StringBuilder(text);
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      int at = random.nextInt(result.length() + 1);
      int end = Math.min(result.length(), at + random.nextInt(4));
      switch (random.nextInt(3)) {
        case 0 -> result.delete(at, end);
        case 1 -> result.insert(at, result.substring(at, end));
        default -> result.insert(at, character());
      }
    }
    return result.toString();
  }

  private char character() {
    String likely = "()[]{}.,*+?|^$\\\"'=!<>~&- \n\t019eEaxn#\u00e9\u0000";
    return random.nextInt(4) == 0
        ? (char) random.nextInt(0x10000)
        : likely.charAt(random.nextInt(likely.length()));
  }
}
