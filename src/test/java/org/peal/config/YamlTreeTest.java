package org.peal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTreeTest {

  @TempDir Path folder;

  private YamlTree read(String text) throws IOException {
    return YamlTree.read(Files.writeString(folder.resolve("x.yaml"), text));
  }

  private String problem(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), text);
    Throwable thrown = catchThrowable(() -> YamlTree.read(file));
    assertThat(thrown).isInstanceOf(ConfigException.class);
    return String.valueOf(thrown.getMessage()).replace(file.toString(), "x.yaml");
  }

  @Test
  void read_values_eachKnowsItsPlace() throws IOException {
    YamlTree.Mapping root = (YamlTree.Mapping) read("a: 1\nb:\n  - x\n  -   y\n");

    YamlTree.Sequence list = (YamlTree.Sequence) root.fields().get("b").value();
    assertThat(root.fields().get("b").place().line()).isEqualTo(2);
    assertThat(list.items().get(1).place()).hasToString(folder.resolve("x.yaml") + ":4:7");
    assertThat(list.items().get(1).place().folder()).isEqualTo(folder);
  }

  static Stream<Arguments> data() {
    return Stream.of(
        Arguments.of("", "null"),
        Arguments.of("# only a comment\n", "null"),
        Arguments.of("\uFEFFa: b", "{\"a\":\"b\"}"),
        Arguments.of("[yes, No, on, \"yes\"]", "[true,false,true,\"yes\"]"),
        Arguments.of("[1, 0x10, 1_000, 9999999999]", "[1,16,1000,9999999999]"),
        Arguments.of("[123456789012345678901]", "[123456789012345678901]"),
        Arguments.of("[1.5, ~, null]", "[1.5,null,null]"),
        Arguments.of("[2026-01-01, =]", "[\"2026-01-01\",\"=\"]"),
        Arguments.of("{1: a, no: b, ~: c}", "{\"1\":\"a\",\"no\":\"b\",\"~\":\"c\"}"),
        Arguments.of("[tcp://127.0.0.1:1, tcp://h:2]", "[\"tcp://127.0.0.1:1\",\"tcp://h:2\"]"),
        Arguments.of("{\"a\":1,\"b\":[1,2]}", "{\"a\":1,\"b\":[1,2]}"),
        Arguments.of("a: &x [1]\nb: *x", "{\"a\":[1],\"b\":[1]}"),
        Arguments.of(
            "a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}",
            "{\"a\":{\"p\":1,\"q\":2},\"b\":{\"q\":3,\"p\":1}}"),
        Arguments.of("a: {<<: [{p: 1}, {p: 2, q: 2}]}", "{\"a\":{\"p\":1,\"q\":2}}"),
        Arguments.of(
            "{\"a\": \"\\u00e9\\ud83d\\ude00/\", \"b\": [true, null, -1]}",
            "{\"a\":\"\u00e9\uD83D\uDE00/\",\"b\":[true,null,-1]}"));
  }

  @ParameterizedTest
  @MethodSource("data")
  void toJson_plainData_isYamlOneDotOne(String text, String json) throws IOException {
    assertThat(read(text).toJson()).hasToString(json);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("a:\n\t- b", "x.yaml:2:1: found character '\\t(TAB)' that cannot start any"),
        Arguments.of("a: [1, 2", "x.yaml:1:9: expected ',' or ']'"),
        Arguments.of("a: b: c", "x.yaml:1:5: mapping values are not allowed here"),
        Arguments.of("a: 1\nb: 2\na: 3\n", "x.yaml:3:1: duplicate key \"a\", first on line 1"),
        Arguments.of("a: {b: 1, b: 2}", "x.yaml:1:11: duplicate key \"b\", first on line 1"),
        Arguments.of("a: 1\n---\nb: 2", "x.yaml:2:1: "),
        Arguments.of("a: !!javax.script.ScriptEngineManager []", "x.yaml:1:4: global tag is not"),
        Arguments.of("!!java.net.URL [\"http://127.0.0.1\"]", "x.yaml:1:1: global tag is not"),
        Arguments.of("a: !!python/object/apply:os.system [id]", "x.yaml:1:4: global tag is not"),
        Arguments.of("a: !own 1", "x.yaml:1:4: tag !own is not allowed: only plain data is"),
        Arguments.of("a: !!binary aGk=", "x.yaml:1:4: tag "),
        Arguments.of("a: !!set {x}", "x.yaml:1:4: tag "),
        Arguments.of("a: !!int abc", "x.yaml:1:4: not a value of type tag:yaml.org,2002:int: abc"),
        Arguments.of("a: !!bool maybe", "x.yaml:1:4: not a value of type"),
        Arguments.of("{[1]: 2}", "x.yaml:1:2: key must be plain text"),
        Arguments.of("a: {<<: 1}", "x.yaml:1:9: only maps can be merged with <<"),
        Arguments.of("ab\n  c\u0000d", "x.yaml:2:4: character U+0000 is not allowed in YAML"),
        Arguments.of("a: *nowhere", "x.yaml:1:4: found undefined alias nowhere"),
        Arguments.of("a: &x [*x]", "x.yaml:1:"),
        Arguments.of("a: " + "9".repeat(401), "x.yaml:1:4: number must have at most 400 char"),
        Arguments.of("[".repeat(50_000), "x.yaml:1:"),
        Arguments.of("[".repeat(60) + "]".repeat(60), "x.yaml:1:51: values must nest at most"),
        Arguments.of("# " + "x".repeat(1 << 20), "x.yaml: file must have at most 1048576 bytes"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void read_notPlainDataWithinLimits_isRefusedWithItsPlace(String text, String start)
      throws IOException {
    assertThat(problem(text)).startsWith(start);
  }

  @Test
  void read_aliasBomb_isRefused() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String below = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", below, below, below, below, below)));
    }

    assertThat(problem(bomb.toString())).contains("at most 100000 values, aliases included");
  }

  @Test
  void read_manyAliases_isRefused() throws IOException {
    assertThat(problem("a: &a [1]\nb: [" + "*a, ".repeat(60) + "]")).contains("aliases");
  }

  @Test
  void read_notUtf8_namesTheByte() throws IOException {
    Path file = Files.write(folder.resolve("x.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff});

    assertThatThrownBy(() -> YamlTree.read(file)).hasMessageEndingWith("byte 3 is not");
  }

  @Test
  void read_missingFileOrFolder_saysSo() {
    Path missing = folder.resolve("missing.yaml");

    assertThatThrownBy(() -> YamlTree.read(missing)).hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> YamlTree.read(folder)).hasMessageContaining("is a folder");
  }

  @Test
  void parse_sourceWithoutLines_namesOnlyTheSource() {
    Place place = Place.named("environment PEAL_X__Y", folder);

    assertThatThrownBy(() -> YamlTree.parse("[1", place))
        .hasMessageStartingWith("environment PEAL_X__Y: expected");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void parse_randomText_isDataOrAConfigException(long fixed) {
    for (long seed = fixed * 1000; seed < fixed * 1000 + 700; seed++) {
      Random random = new Random(seed);
      String text = mutate(random);
      Throwable thrown =
          catchThrowable(() -> YamlTree.parse(text, Place.of(folder.resolve("x"))).toJson());
      if (thrown != null) {
        assertThat(thrown).as("seed %d: %s", seed, text).isInstanceOf(ConfigException.class);
      }
    }
  }

  private static String mutate(Random random) {
    byte[] text =
        "a: &x {b: [1, 'c', \"\\u00e9\"], <<: {d: !!str 2}}\n? e\n: |\n  f\ng: *x\n---\n"
            .getBytes(StandardCharsets.UTF_8);
    String special = "{}[]:,&*!|>'\"%@`#?-<\\\n\t ~=0";
    for (int i = random.nextInt(8); i >= 0; i--) {
      text[random.nextInt(text.length)] =
          random.nextInt(4) == 0
              ? (byte) random.nextInt(127)
              : (byte) special.charAt(random.nextInt(special.length()));
    }
    return new String(text, StandardCharsets.UTF_8);
  }
}
