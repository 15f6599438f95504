package org.peal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.PealException.Category;

class StrictJsonTest {

  private static final JsonLimits SMALL = new JsonLimits(100, 3, 20, 30);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INF",
        "-INF",
        "+INF",
        "+Infinity",
        "-NaN",
        "nan",
        "inf",
        "Nan",
        "Infinit",
        "+1",
        ".5",
        "1.",
        "-.5",
        "1.e5",
        "01",
        "-01",
        "00",
        "1e",
        "1e+",
        "-",
        "--1",
        "0x10",
        "1_000",
        "1d",
        "1f",
        "NaNx",
        "truefalse",
        "True",
        "tru",
        "nul",
        "[1,]",
        "[,]",
        "[,1]",
        "[1,,2]",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\" 1}",
        "{1:2}",
        "[1 2]",
        "[1}",
        "{]",
        "]",
        "}",
        ",",
        "1 2",
        "{} {}",
        "\"a\"\"b\"",
        "/*c*/1",
        "//c\n1",
        "#c\n1",
        "1;",
        "\"\\x41\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\u+123\"",
        "\"\\uFF11FF11\"x",
        "\"\\'\"",
        "\"\\u004\u0131\"",
        "\"\\u\u0130041\"",
        "{\"\\u004\u0131\":1}",
        "\"\\uDE\\ud83000\"",
        "\\ud83d",
        "[1\\ud83d]",
        "tru\\ud83de",
        "\"a\"\\ud83d\"b\"",
        "\\\"\\ud83d\"",
        "\"a\nb\"",
        "\"\u0000\"",
        "\u0000",
        "1\u0000",
        "\u00a01",
        "\u000b1",
        "\f1",
        "\u001e1",
        "\u20281",
        "\uFEFF1",
        "\"abc",
        "\"abc\\",
        "[",
        "{",
        "{\"a\"",
        "{\"a\":",
        "[1",
        "",
        " ",
        "\n"
      })
  void parse_notPython_refused(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(MalformedJsonException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C080",
        "E08080",
        "EDA080",
        "EDBFBF",
        "F4908080",
        "F5808080",
        "FF",
        "80",
        "C2",
        "E282",
        "F09F98",
        "C328",
        "EFBBBF"
      })
  void parse_notUtf8_refused(String octets) {
    byte[] text = HexFormat.of().parseHex("22" + octets + "22");
    if (octets.equals("EFBBBF")) { // a byte order mark is a character when it is not the first
      assertThat(StrictJson.parse(text, SMALL).textValue()).isEqualTo("\uFEFF");
    } else {
      assertMalformed(text, SMALL, "invalid UTF-8", 1, 2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | unexpected end of text, expected a value | 1 | 1",
        "`\n\n ` | unexpected end of text, expected a value | 3 | 2",
        "[1,] | unexpected \"]\", expected a value | 1 | 4",
        "`[1,\n 2 3]` | unexpected \"3\", expected \",\" or \"]\" | 2 | 4",
        "{'a':1} | unexpected \"'\", expected a name in double quotes | 1 | 2",
        "{\"a\" 1} | unexpected \"1\", expected \":\" | 1 | 6",
        "`{\"é😀\":\n\"é😀\" 1}` | unexpected \"1\", expected \",\" or \"}\" | 2 | 6",
        "truth | unexpected \"t\", expected \"true\" | 1 | 4",
        "[01] | unexpected \"1\", expected \",\" or \"]\" | 1 | 3",
        "1. | unexpected end of text, expected a digit | 1 | 3",
        "-x | unexpected \"x\", expected a digit | 1 | 2",
        "\"a\\x\" | unexpected \"x\", expected an escape | 1 | 4",
        "\"\\u12 | unexpected end of text, expected four hexadecimal digits | 1 | 6",
        "`\"a\tb\"` | unexpected character U+0009, expected the rest of a string | 1 | 3",
        "\"abc | unexpected end of text, expected the rest of a string | 1 | 5",
        "`{\"\\ud83d\":\"\\uDE00é\\ud83d\\ude00\" 1}` | unexpected \"1\", expected \",\" or \"}\" | 1 | 33",
        "[\"\\ud83d\",\\ud83d] | unexpected \"\\\", expected a value | 1 | 11",
        "\"\\ud83d\\u00İ0\" | unexpected character U+0130, expected four hexadecimal digits | 1 | 12",
        "\"\\ud83d | unexpected end of text, expected the rest of a string | 1 | 8",
        "[-INF] | unexpected \"N\", expected \"-Infinity\" | 1 | 4",
        "+Infinity | unexpected \"+\", expected a value | 1 | 1",
        "[nullx] | unexpected \"x\", expected \",\" or \"]\" | 1 | 6",
        "[0.x] | unexpected \"x\", expected a digit | 1 | 4",
        "[12.x] | unexpected \"x\", expected a digit | 1 | 5",
        "[1e+] | unexpected \"]\", expected a digit | 1 | 5",
        "[0e+] | unexpected \"]\", expected a digit | 1 | 5",
        "`[1,\u0001]` | unexpected character U+0001 | 1 | 4",
        "{} 😀 | unexpected character U+1F600, expected the end of the text | 1 | 4"
      })
  void parse_malformed_saysWhatAndWhere(String text, String problem, int line, int column) {
    assertMalformed(text.getBytes(UTF_8), JsonLimits.DEFAULT, problem, line, column);
  }

  @Test
  void parse_byteOrderMark_named() {
    assertMalformed("\uFEFF{}".getBytes(UTF_8), SMALL, "unexpected byte order mark", 1, 1);
  }

  @Test
  void parse_numbers_keepTheirKind() {
    assertThat(parse("1")).isEqualTo(IntNode.valueOf(1));
    assertThat(parse("-0")).isEqualTo(IntNode.valueOf(0));
    assertThat(parse("1.0")).isEqualTo(DoubleNode.valueOf(1));
    assertThat(parse("1e2")).isEqualTo(DoubleNode.valueOf(100));
    assertThat(parse("-0.0")).isEqualTo(DoubleNode.valueOf(-0.0));
    assertThat(parse("1E400")).isEqualTo(DoubleNode.valueOf(Double.POSITIVE_INFINITY));
    assertThat(parse("-Infinity")).isEqualTo(DoubleNode.valueOf(Double.NEGATIVE_INFINITY));
    assertThat(parse("2147483648")).isEqualTo(LongNode.valueOf(1L << 31));
    assertThat(parse("-9223372036854775808")).isEqualTo(LongNode.valueOf(Long.MIN_VALUE));
    assertThat(parse("9223372036854775808"))
        .isEqualTo(BigIntegerNode.valueOf(BigInteger.ONE.shiftLeft(63)));
  }

  @Test
  void parse_loneSurrogates_kept() {
    JsonNode object = parse("{\"\\ud83d\":\"\\ude00\\ud83d\"}");
    assertThat(object.get("\ud83d").textValue()).isEqualTo("\ude00\ud83d");
  }

  @Test
  void parse_duplicateNames_lastWins() {
    assertThat(parse("{\"a\":[1],\"\\u0061\":2}")).isEqualTo(parse("{\"a\":2}"));
  }

  @Test
  void parse_size_isBounded() {
    assertThat(StrictJson.parse(" ".repeat(99).concat("1").getBytes(UTF_8), SMALL).intValue())
        .isOne();
    assertMalformed(
        "\u0000".repeat(101).getBytes(UTF_8), SMALL, "text of 101 bytes is longer than 100", 0, 0);
  }

  @Test
  void parse_depth_isBounded() {
    assertThat(StrictJson.parse("[{\"a\":[1]}]".getBytes(UTF_8), SMALL).size()).isOne();
    assertThat(StrictJson.parse("[[[]],[[]]]".getBytes(UTF_8), SMALL).size()).isEqualTo(2);
    assertMalformed("[[[\n[]]]]".getBytes(UTF_8), SMALL, "nested deeper than 3 levels", 2, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
  void parse_endlessNesting_refused(String opening) {
    byte[] text = opening.repeat(2_000_000).getBytes(UTF_8);
    assertThatThrownBy(() -> StrictJson.parse(text, JsonLimits.DEFAULT))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage("nested deeper than 500 levels");
  }

  @Test
  void parse_greatestDepth_canBeReadWrittenAndCompared() {
    JsonLimits deepest = new JsonLimits(10_000, JsonLimits.MAX_DEPTH, 20, 1000);
    byte[] text = ("[".repeat(1000) + "]".repeat(1000)).getBytes(UTF_8);
    JsonNode tree = StrictJson.parse(text, deepest);
    assertThat(CanonicalJson.write(tree)).isEqualTo(text);
    assertThat(tree.equals(StrictJson.parse(text, deepest))).isTrue();
    assertThatThrownBy(() -> new JsonLimits(1, 1001, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_values_areBounded() {
    JsonLimits four = new JsonLimits(100, 3, 20, 4);
    assertThat(StrictJson.parse("[{\"a\":[1]}]".getBytes(UTF_8), four)).hasSize(1);
    assertMalformed("[{\"a\":[1]},\n {}]".getBytes(UTF_8), four, "more than 4 values", 2, 2);
    assertMalformed(
        "{\"a\":{\"a\":1,\"a\":2,\"a\":{}}}".getBytes(UTF_8), four, "more than 4 values", 1, 23);
    assertThat(parse("[0" + ",0".repeat(999_998) + "]")).hasSize(999_999);
    assertThatThrownBy(() -> parse("[0" + ",0".repeat(999_999) + "]"))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage("more than 1000000 values");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud83d",
        "\\uDE00",
        "\\ude00\\ud83d",
        "\\ud83d\\ude00",
        "\\ud83d😀",
        "😀\\uDE00",
        "\\\\\\uD83D",
        "\\\\ud83d"
      })
  void parse_surrogateEscapes_alikeInNamesAndValues(String content) {
    JsonNode object = parse("{\"" + content + "\":\"" + content + "\"}");
    String unescaped = unescaped(content);
    assertThat(object.get(unescaped)).isEqualTo(TextNode.valueOf(unescaped));
  }

  @Test
  void parse_integerDigits_areBoundedWithoutSign() {
    String most = "-12345678901234567890";
    assertThat(StrictJson.parse(most.getBytes(UTF_8), SMALL).bigIntegerValue())
        .isEqualTo(new BigInteger(most));
    assertMalformed(
        ("[" + most + "0]").getBytes(UTF_8), SMALL, "integer of 21 digits has more than 20", 1, 2);
    assertThat(StrictJson.parse((most + "0.0").getBytes(UTF_8), SMALL).isDouble()).isTrue();
    assertThat(parse("9".repeat(4300)).bigIntegerValue())
        .isEqualTo(new BigInteger("9".repeat(4300)));
    assertThatThrownBy(() -> parse("9".repeat(4301))).isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void parse_floatLength_hasABoundOfItsOwn() {
    String longest = "0." + "1".repeat(Parsers.MAX_NUMBER_LENGTH - 2);
    assertThat(parse(longest).doubleValue()).isEqualTo(1 / 9.0);
    assertThatThrownBy(() -> parse(longest + "1"))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageStartingWith("number is longer than");
  }

  @Test
  void parse_longNamesAndStrings_haveNoLimitOfTheirOwn() {
    String text = "x".repeat(5_000_000);
    assertThat(parse("{\"" + text + "\":\"" + text + "\"}").get(text).textValue()).isEqualTo(text);
  }

  @Test
  void parse_brokenText_nothingButMalformedEscapes() {
    Seed seed = Seed.next();
    JsonTexts texts = new JsonTexts(seed.random());
    for (int i = 0; i < 20_000; i++) {
      byte[] text = texts.mutated(texts.valid());
      assertThatCode(() -> parseOrRefuse(text))
          .as("%s, text %d: %s", seed, i, new String(text, UTF_8))
          .doesNotThrowAnyException();
    }
  }

  private static void parseOrRefuse(byte[] text) {
    try {
      CanonicalJson.write(StrictJson.parse(text, SMALL));
    } catch (MalformedJsonException e) {
      assertThat(e.getMessage()).doesNotContain("Exception", "jackson", "Source");
    }
  }

  @Test
  void parse_namesOfOneHash_allKept() {
    String names =
        IntStream.range(0, 1 << 14)
            .mapToObj(StrictJsonTest::nameOfTheOneHash)
            .map(name -> "\"" + name + "\":0")
            .collect(joining(",", "{", "}"));
    assertThat(parse(names)).hasSize(1 << 14);
  }

  private static String nameOfTheOneHash(int n) {
    return IntStream.range(0, 14)
        .mapToObj(bit -> (n >> bit & 1) == 0 ? "Aa" : "BB")
        .collect(joining());
  }

  private static String unescaped(String content) {
    return content
        .replace("\\\\", "\0")
        .replace("\\ud83d", "\ud83d")
        .replace("\\uD83D", "\ud83d")
        .replace("\\ude00", "\ude00")
        .replace("\\uDE00", "\ude00")
        .replace('\0', '\\');
  }

  private static JsonNode parse(String text) {
    return StrictJson.parse(text.getBytes(UTF_8), JsonLimits.DEFAULT);
  }

  private static void assertMalformed(
      byte[] text, JsonLimits limits, String problem, int line, int column) {
    MalformedJsonException thrown =
        catchThrowableOfType(MalformedJsonException.class, () -> StrictJson.parse(text, limits));
    assertThat(thrown).as("refused").isNotNull().hasMessageStartingWith(problem);
    assertThat(thrown.line()).as("line").isEqualTo(line);
    assertThat(thrown.column()).as("column").isEqualTo(column);
    assertThat(thrown.category()).isEqualTo(Category.PERMANENT);
  }
}
