package org.peal.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralTest {

  @ParameterizedTest(name = "{0} against the literal {1}")
  @CsvSource({
    "1, 1, 0",
    "1.0, 1, 0",
    "1, 1.0, 0",
    "-0.0, 0, 0",
    "-0.0, 0.0, 0",
    "0.1, 0.1, 0",
    "1e2, 100, 0",
    "2, 1, 1",
    "-1, 1, -1",
    "9007199254740993, 9007199254740992.0, 1",
    "9223372036854775808, 9223372036854775807, 1",
    "9223372036854775807, 9223372036854775808, -1",
    "123456789012345678901234567890, 123456789012345678901234567890, 0",
    "1e308, 123456789012345678901234567890, 1",
    "5e-324, 0, 1",
    "Infinity, 1e308, 1",
    "-Infinity, -1e308, -1",
    "Infinity, 1, 1",
  })
  void compareTo_numbers_goesByTheirValue(String value, String literal, int expected) {
    assertThat(compare(value, literal)).hasValue(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "\"1\"", "true", "null", "[1]", "{}"})
  void compareTo_valueWithoutOrder_isEmpty(String value) {
    assertThat(compare(value, "1")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a, a, 0", "a, b, -1", "b, a, 1", "a, ab, -1", "A, a, -1"})
  void compareTo_strings_goesByTheirCharacters(String value, String literal, int expected) {
    OptionalInt compared = Literal.of(literal).compareTo(Literal.of(value).value());
    assertThat(Integer.signum(compared.getAsInt())).isEqualTo(expected);
  }

  private static OptionalInt compare(String value, String literal) {
    return new Literal(Subjects.of(literal).envelope()).compareTo(Subjects.of(value).envelope());
  }
}
