package org.peal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;

/** Compares with the library's own constructor, which is what others read YAML with. */
class YamlNumbersTest {

  private static final String REFUSED = "refused";

  private static Object ours(String text) {
    try {
      YamlTree tree = YamlTree.parse(text, Place.of(Path.of("x")));
      return tree instanceof YamlTree.Scalar scalar ? scalar.value() : tree;
    } catch (ConfigException e) {
      return REFUSED;
    }
  }

  private static Object library(String text) {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    } catch (YAMLException | NumberFormatException e) {
      return REFUSED;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+1",
        "1_000",
        "010",
        "-017",
        "0x1F",
        "-0xff",
        "0b101",
        "1:30",
        "-1:30:00",
        "2147483647",
        "2147483648",
        "-2147483648",
        "-2147483649",
        "9223372036854775807",
        "9223372036854775808",
        "1.5",
        "-1.5e+3",
        "1_0.5",
        ".5",
        ".inf",
        "-.INF",
        ".NaN",
        "1:30.5",
        "yes",
        "No",
        "ON",
        "off",
        "True",
        "FALSE",
        "y",
        "n",
        "0o7",
        "08",
        "1e5",
        "0x",
        "1."
      })
  void read_everySpelling_isAsTheLibraryReadsIt(String text) {
    assertThat(ours(text)).isEqualTo(library(text));
  }

  @Test
  void read_randomText_isAsTheLibraryReadsIt() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String letters = "0123456789012345._+-:ex";
    for (int i = 0; i < Integer.getInteger("peal.random.rounds", 5_000); i++) {
      StringBuilder text = new StringBuilder().append(random.nextInt(10));
      for (int length = random.nextInt(7); length > 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      if (text.indexOf(":") < 0 || text.charAt(text.length() - 1) != ':') {
        assertThat(ours(text.toString()))
            .as("seed %d: %s", seed, text)
            .isEqualTo(library(text.toString()));
      }
    }
  }

  @Test
  void read_textThatDoesNotFitItsTag_isNull() {
    assertThat(YamlNumbers.read(Tag.INT, "abc")).isNull();
    assertThat(YamlNumbers.read(Tag.INT, "1:")).isNull();
    assertThat(YamlNumbers.read(Tag.FLOAT, "")).isNull();
    assertThat(YamlNumbers.read(Tag.BOOL, "2")).isNull();
  }
}
