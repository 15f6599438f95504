package org.peal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way of reading takes exactly the texts that the long one takes. */
class PlainReaderTest {

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
  void read_whatTheLongWayRefuses_isRefused(String text) {
    assertThat(shortWay(text, JsonLimits.DEFAULT)).isNull();
    assertThat(longWay(text, JsonLimits.DEFAULT)).isNull();
  }

  @Test
  void read_mutatedTexts_agreesWithTheLongWay() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < MUTATIONS; i++) {
      StringBuilder text = new StringBuilder(TEXT);
      for (int change = random.nextInt(3); change >= 0; change--) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
      }
      String mutant = text.toString();
      if (!mutant.contains("\\u")) {
        assertThat(shortWay(mutant, JsonLimits.DEFAULT))
            .as("seed %d: %s", seed, mutant)
            .isEqualTo(longWay(mutant, JsonLimits.DEFAULT));
      }
    }
  }

  @Test
  void read_randomTexts_agreesWithTheLongWayWithinLimits() {
    Seed seed = Seed.next();
    JsonTexts texts = new JsonTexts(seed.random());
    JsonLimits tight = new JsonLimits(1 << 20, 4, 18, 12);
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] valid = texts.valid();
      String text = new String(i % 2 == 0 ? valid : texts.mutated(valid), StandardCharsets.UTF_8);
      if (text.chars().allMatch(c -> c < 128) && !text.contains("\\u")) {
        JsonNode plain = shortWay(text, tight);
        assertThat(plain).as("%s: %s", seed, text).isEqualTo(longWay(text, tight));
        read += plain == null ? 0 : 1;
      }
    }
    assertThat(read).isPositive();
  }

  private static JsonNode shortWay(String text, JsonLimits limits) {
    return PlainReader.read(ascii(text), text, limits);
  }

  private static JsonNode longWay(String text, JsonLimits limits) {
    try {
      return TreeReader.read(StrictUtf8.decode(ascii(text)), limits);
    } catch (MalformedJsonException e) {
      return null;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
