package org.peal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way of reading takes exactly the texts that the long one takes. */
class TreeReaderTest {

  private static final String TEXT =
      "{\"a\": [1, -0, 1.5e3, 12345678901234567890, NaN, -Infinity], \"a\": {\"b\\n\": null,"
          + " \"\": [true, false, \"x\\\\y\\/\\\"\"]}}";

  private static final int MUTATIONS = 20_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 2",
        "[1]]",
        "{\"a\":1,}",
        "[01]",
        "INF",
        "+Infinity",
        "[",
        "",
        " ",
        "\"a",
        "tru",
        "{\"a\" 1}",
        "[1,,2]",
        "1.",
        "-",
        "\"\t\"",
        "\0001",
        "1\000",
        "nulll",
        "'a'",
        "/**/1"
      })
  void readPlain_whatTheLongWayRefuses_isRefused(String text) {
    assertThat(TreeReader.readPlain(ascii(text), JsonLimits.DEFAULT)).isNull();
    assertThat(longWay(text)).isNull();
  }

  @Test
  void readPlain_mutatedTexts_agreesWithTheLongWay() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < MUTATIONS; i++) {
      StringBuilder text = new StringBuilder(TEXT);
      for (int change = random.nextInt(3); change >= 0; change--) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
      }
      String mutant = text.toString();
      if (!mutant.contains("\\u")) {
        assertThat(TreeReader.readPlain(ascii(mutant), JsonLimits.DEFAULT))
            .as("seed %d: %s", seed, mutant)
            .isEqualTo(longWay(mutant));
      }
    }
  }

  private static JsonNode longWay(String text) {
    try {
      return TreeReader.read(StrictUtf8.decode(ascii(text)), JsonLimits.DEFAULT);
    } catch (MalformedJsonException e) {
      return null;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
