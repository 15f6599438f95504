package org.peal.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest(name = "{0} covers {1}: {2}")
  @CsvSource({
    "'', '', true",
    "'', a, false",
    "*, '', true",
    "*, abc, true",
    "a*c, abc, true",
    "a*c, acb, false",
    "?, \ud83d\udd14, true",
    "?, '', false",
    "\\*, *, true",
    "\\*, a, false",
    "\\a, a, true",
    "[a], [a], true",
  })
  void matches_wildcards_coverTheWholeText(String pattern, String text, boolean expected) {
    assertThat(Glob.compile(pattern).matches(text)).isEqualTo(expected);
  }

  @Test
  void compile_loneBackslash_isRefused() {
    assertThatThrownBy(() -> Glob.compile("a\\")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void matches_randomPatterns_agreesWithARegularExpression() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 50_000; i++) {
      String pattern = text(random, "ab*?");
      String text = text(random, "ab");
      Pattern regex = Pattern.compile(pattern.replace('?', '.').replace("*", ".*"));
      assertThat(Glob.compile(pattern).matches(text))
          .as("%s on %s, -Dpeal.test.seed=%d", pattern, text, seed)
          .isEqualTo(regex.matcher(text).matches());
    }
  }

  private static String text(SplittableRandom random, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(8); left > 0; left--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
