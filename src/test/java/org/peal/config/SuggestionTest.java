package org.peal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

  private static final List<String> KNOWN = List.of("sign", "validate", "high-water-mark", "ca");

  @ParameterizedTest
  @CsvSource({
    "sing, sign",
    "Sign, sign",
    "high_water_mark, high-water-mark",
    "highWaterMark, high-water-mark",
    "validates, validate",
    "cas, ca"
  })
  void nearest_mistypedName_isFound(String given, String expected) {
    assertThat(Suggestion.nearest(given, KNOWN)).contains(expected);
  }

  @Test
  void nearest_somethingElse_isEmpty() {
    assertThat(Suggestion.nearest("colour", KNOWN)).isEmpty();
    assertThat(Suggestion.nearest("xy", KNOWN)).isEmpty();
    assertThat(Suggestion.nearest("x".repeat(1000), KNOWN)).isEmpty();
    assertThat(Suggestion.nearest("x", List.of())).isEmpty();
  }

  @Test
  void unknownKey_nothingNear_namesAllKeys() {
    assertThat(Suggestion.unknownKey("colour", KNOWN))
        .isEqualTo("unknown key, known here: sign, validate, high-water-mark, ca");
  }

  @ParameterizedTest
  @CsvSource({"'', '', 0", "abc, abc, 0", "abc, '', 3", "kitten, sitting, 3", "ab, ba, 2"})
  void distance_twoNames_countsEdits(String a, String b, int expected) {
    assertThat(Suggestion.distance(a, b)).isEqualTo(expected);
  }
}
