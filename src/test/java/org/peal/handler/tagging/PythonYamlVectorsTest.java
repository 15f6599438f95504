package org.peal.handler.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.config.ConfigException;
import org.peal.config.PythonTree;
import org.peal.config.PythonTree.Mapping;
import org.peal.config.PythonTree.Scalar;
import org.peal.config.PythonTree.Sequence;

/** Values and their texts as PyYAML and Python have them. */
class PythonYamlVectorsTest {

  static List<JsonNode> scalars() {
    return TaggingVectors.list("yaml-scalars.json");
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void parse_asRecorded_givesPythonsValue(JsonNode row) throws Exception {
    String yaml = "k: " + row.get("yaml").textValue();
    if (row.has("error")) {
      assertThatThrownBy(() -> value(yaml)).isInstanceOf(ConfigException.class);
      return;
    }
    assertThat(type(value(yaml))).isEqualTo(row.get("type").textValue());
    assertThat(PythonText.of(value(yaml))).isEqualTo(row.get("text").textValue());
  }

  /** Written down from Python 3.11 and PyYAML 6.0. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [2019-01-01]                      | [datetime.date(2019, 1, 1)]
          [2019-01-01 10:00:00]             | [datetime.datetime(2019, 1, 1, 10, 0)]
          [2019-01-01 10:00:07.5 -02:00]    | [datetime.datetime(2019, 1, 1, 10, 0, 7, 500000, tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=79200)))]
          2019-01-01 10:00:07.5 +05:30      | 2019-01-01 10:00:07.500000+05:30
          [it's, 'a"b', "it's \\"", "\\n\\t\\x07\\u200b\\u00e9"] | ["it's", 'a"b', 'it\\'s "', '\\n\\t\\x07\\u200bé']
          {1: a, true: b, 1.0: c}           | {1: 'c'}
          {on: x, off: ~}                   | {True: 'x', False: None}
          -.5                               | -.5
          {<<: {a: 1, b: 2}, b: 3}          | {'a': 1, 'b': 3}
          {<<: [{a: 1}, {a: 2, c: 4}], b: 3} | {'a': 1, 'c': 4, 'b': 3}
          !!str 010                         | 010
          !!float '1'                       | 1.0
          1:30.5                            | 90.5
          """)
  void text_oddValues_arePythons(String yaml, String expected) throws Exception {
    assertThat(PythonText.of(PythonTree.parse(yaml, Decisions.RULES))).isEqualTo(expected);
  }

  @Test
  void parse_twoDocumentsTagsOrCycles_areRefusedWithTheirPlace() {
    for (String bad :
        List.of("a: 1\n---\nb: 2\n", "a: !!python/object:x {}", "a: =", "a: 2019-13-01 ")) {
      assertThatThrownBy(() -> PythonTree.parse(bad, Decisions.RULES))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("/rules.yaml:");
    }
    assertThatThrownBy(() -> PythonTree.parse("a: &x [*x]", Decisions.RULES))
        .isInstanceOf(ConfigException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:\tb",
        "a: b\tc",
        "a: b\t",
        "a: b\t# c",
        "a: 'b'\t",
        "a: [b,\tc]",
        "a:\n\n\t\nb: c",
        "-\ta",
        "a: <<",
        "a: [<<]",
        "a: &x 1\nb: &x 2\n",
        "a: &x' 1",
        "a: 0000-01-01"
      })
  void parse_whatPyYamlRefusesAndOthersTake_isRefused(String bad) {
    assertThatThrownBy(() -> PythonTree.parse(bad, Decisions.RULES))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/rules.yaml:");
  }

  @Test
  void parse_tabsInQuotesBlocksAndComments_areTaken() {
    Mapping mapping =
        (Mapping)
            PythonTree.parse(
                "# a\tb\na: 'x\ty' #\tc\nb: |\n  q\tr\nc: \"\ud83d\ude00\t\"\n", Decisions.RULES);
    assertThat(mapping.entries().values())
        .extracting(entry -> ((Scalar) entry.value()).value())
        .containsExactly("x\ty", "q\tr\n", "\ud83d\ude00\t");
  }

  @Test
  void parse_tabOutOfPlace_isNamedByLineAndColumn() {
    assertThatThrownBy(() -> PythonTree.parse("a: 1\nb: 2 3\t4\n", Decisions.RULES))
        .hasMessage("/rules.yaml:2:7: a tab may only stand in quotes");
  }

  @Test
  void parse_equalKeys_lastWinsAndIsReported() {
    Mapping mapping = (Mapping) PythonTree.parse("a: 1\nb: 2\na: 3\n", Decisions.RULES);
    assertThat(((Scalar) Objects.requireNonNull(mapping.get("a"))).value())
        .isEqualTo(BigInteger.valueOf(3));
    assertThat(mapping.duplicates())
        .singleElement()
        .satisfies(key -> assertThat(key.place().line()).isEqualTo(3));
  }

  @Test
  void equal_acrossTypes_isPythons() {
    assertThat(equal("true", "1")).isTrue();
    assertThat(equal("true", "1.0")).isTrue();
    assertThat(equal("no", "0")).isTrue();
    assertThat(equal("'true'", "true")).isFalse();
    assertThat(equal("10", "'10'")).isFalse();
    assertThat(equal("10", "10.0")).isTrue();
    assertThat(equal("10000000000000001", "1.0e+16")).isFalse();
    assertThat(equal(".nan", ".nan")).isFalse();
    assertThat(equal(".inf", ".inf")).isTrue();
    assertThat(equal("[1, {a: 2, b: 3}]", "[true, {b: 3.0, a: 2}]")).isTrue();
    assertThat(equal("[1]", "[1, 2]")).isFalse();
    assertThat(equal("~", "false")).isFalse();
    assertThat(equal("2019-01-01 10:00:00Z", "2019-01-01 12:00:00+02:00")).isTrue();
    assertThat(equal("2019-01-01 10:00:00Z", "2019-01-01 10:00:00")).isFalse();
  }

  private static boolean equal(String one, String other) {
    return PythonEquality.equal(
        PythonTree.parse(one, Decisions.RULES), PythonTree.parse(other, Decisions.RULES));
  }

  private static PythonTree value(String yaml) {
    Mapping mapping = (Mapping) PythonTree.parse(yaml, Decisions.RULES);
    return Objects.requireNonNull(mapping.get("k"));
  }

  private static String type(PythonTree tree) {
    if (tree instanceof Sequence) {
      return "list";
    } else if (tree instanceof Mapping) {
      return "dict";
    }
    Object value = ((Scalar) tree).value();
    if (value == null) {
      return "NoneType";
    } else if (value instanceof String) {
      return "str";
    } else if (value instanceof Boolean) {
      return "bool";
    } else if (value instanceof BigInteger) {
      return "int";
    } else if (value instanceof Double) {
      return "float";
    }
    return value instanceof LocalDate ? "date" : "datetime";
  }
}
