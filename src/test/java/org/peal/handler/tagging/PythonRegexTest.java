package org.peal.handler.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.BoundedRegex.Absent;
import org.peal.BoundedRegex.Found;
import org.peal.BoundedRegex.GivenUp;
import org.peal.BoundedRegex.Search;

class PythonRegexTest {

  /** What Python refuses and we accept: a look-behind whose branches differ in length. */
  private static final List<String> ACCEPTED_HERE = List.of("(?<=a|bc)d");

  static List<JsonNode> vectors() {
    return TaggingVectors.list("regex.json");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void search_asRecorded_givesPythonsAnswer(JsonNode row) throws Exception {
    String pattern = row.get("pattern").textValue();
    if (row.has("error")) {
      if (!ACCEPTED_HERE.contains(pattern)) {
        assertThatThrownBy(() -> PythonRegex.compile(pattern)).isInstanceOf(RegexException.class);
      }
      return;
    }
    PythonRegex regex = PythonRegex.compile(pattern);
    Search search = regex.search(row.get("subject").textValue());
    if (!row.get("found").booleanValue()) {
      assertThat(search).isInstanceOf(Absent.class);
      return;
    }
    MatchResult match = ((Found) search).match();
    assertThat(List.of(match.start(), match.end()))
        .isEqualTo(List.of(row.get("span").get(0).intValue(), row.get("span").get(1).intValue()));
    Map<String, String> expected = new LinkedHashMap<>();
    row.get("groups").properties().forEach(e -> expected.put(e.getKey(), e.getValue().textValue()));
    Map<String, String> groups = new LinkedHashMap<>();
    regex.groups().forEach((name, number) -> groups.put(name, match.group(number)));
    assertThat(groups).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"^(a+)+$", "^(a|aa)+$", "(.*a){25}x", "(?:(?:a*)*)*b", "(?P<x>(?P<y>a+)+)+$"})
  void search_hostileExpression_endsInTime(String pattern) throws Exception {
    assertThat(PythonRegex.compile(pattern).search("a".repeat(3000) + "c"))
        .isInstanceOfAny(GivenUp.class, Absent.class);
  }

  @Test
  void search_textThatNeedsMoreStackThanThereIs_isGivenUp() throws Exception {
    assertThat(PythonRegex.compile("^(?:a|b)*$").search("ab".repeat(500_000)))
        .isInstanceOfAny(GivenUp.class, Found.class);
  }

  @Test
  void compile_tooLongOrTooDeep_isRefused() {
    assertThatThrownBy(() -> PythonRegex.compile("(".repeat(5000) + ")".repeat(5000)))
        .hasMessageContaining("at most 100 deep");
    assertThatThrownBy(() -> PythonRegex.compile("a".repeat(10_001)))
        .hasMessageContaining("at most 10000 characters");
  }

  /** Those that docs/tagging.md names. */
  @ParameterizedTest
  @ValueSource(strings = {"(?L)a", "(?(1)a|b)(c)", "(a)(?<=\\1)b"})
  void compile_whatHasNoEquivalent_isRefused(String pattern) {
    assertThatThrownBy(() -> PythonRegex.compile(pattern)).isInstanceOf(RegexException.class);
  }

  @Test
  void optional_groupsThatMayTakeNoPart_areKnown() throws Exception {
    assertThat(
            PythonRegex.compile("(?P<a>x)(?P<b>y)?(?:(?P<c>z)|w)(?P<d>v){0,2}(?P<e>u)+").optional())
        .containsExactlyInAnyOrder("b", "c", "d");
  }

  @Test
  void search_comments_endAndStandWherePythonsDo() throws Exception {
    assertThat(PythonRegex.compile("(?#c)(?i)A").search("a")).isInstanceOf(Found.class);
    assertThat(PythonRegex.compile("^(?#a\\)b)c$").search("c")).isInstanceOf(Found.class);
    PythonRegex verbose = PythonRegex.compile("(?x)a # \\\nb\nc");
    assertThat(verbose.search("ac")).isInstanceOf(Found.class);
    assertThat(verbose.search("abc")).isInstanceOf(Absent.class);
    assertThatThrownBy(() -> PythonRegex.compile("(?#a\\)")).isInstanceOf(RegexException.class);
    assertThatThrownBy(() -> PythonRegex.compile("(?a)(?u)b")).isInstanceOf(RegexException.class);
  }

  /**
   * The range holds the dotted capital and the dotless small letter, of which i is another form.
   */
  @Test
  void search_rangeWithoutRegardToCase_hasTheOtherFormsOfItsLetters() throws Exception {
    assertThat(PythonRegex.compile("(?i)[x-\u03a3]").search("i")).isInstanceOf(Found.class);
    assertThat(PythonRegex.compile("(?i)[^x-\u03a3]").search("i")).isInstanceOf(Absent.class);
    assertThat(PythonRegex.compile("(?ai)[x-\u03a3]").search("i")).isInstanceOf(Absent.class);
  }

  @Test
  void search_multiline_findsTheLineAfterTheLastBreak() throws Exception {
    assertThat(PythonRegex.compile("(?m)^\\Z").search("a\n")).isInstanceOf(Found.class);
    assertThat(PythonRegex.compile("\\B").search("")).isInstanceOf(Absent.class);
  }

  /** Whatever is written, it is translated or refused; nothing else comes out. */
  @Test
  void compile_randomText_isTranslatedOrRefused() {
    long seed = Long.getLong("peal.test.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    String[] parts = {
      "a",
      "b",
      "(",
      ")",
      "(?:",
      "(?P<n>",
      "(?P=n)",
      "[",
      "]",
      "^",
      "-",
      "\\",
      "d",
      "W",
      "{",
      "}",
      ",",
      "2",
      "*",
      "+",
      "?",
      "|",
      ".",
      "$",
      "(?i)",
      "(?x: ",
      "#",
      "(?(1)",
      "\\1",
      "(?<=",
      "&&",
      "\ud83d\ude00",
      "\n",
      "(?#",
      "P",
      "<",
      ">",
      "\\b",
      "\\N{",
      "0"
    };
    List<String> strange = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(1, 12); n > 0; n--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      try {
        PythonRegex.compile(text.toString());
      } catch (RegexException refused) {
        assertThat(refused.getMessage()).isNotEmpty();
      } catch (RuntimeException e) {
        strange.add(text + ": " + e);
      }
    }
    assertThat(strange).as("-Dpeal.test.seed=" + seed).isEmpty();
  }
}
