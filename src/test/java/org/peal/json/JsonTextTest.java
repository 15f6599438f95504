package org.peal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "` { \"b\" : [ 1.50 , 1e5 ] , \"a\" : \" x \\\" y \" } ` | {\"b\":[1.50,1e5],\"a\":\" x \\\" y \"}",
        "`\t[\r\n1 ]\n` | [1]",
        "\"\\\\\" | \"\\\\\"",
        "` \"\\u00E9 é\" ` | \"\\u00E9 é\""
      })
  void compact_removesWhiteSpaceBetweenTokensOnly(String text, String expected) {
    assertThat(new String(JsonText.compact(text.getBytes(UTF_8)), UTF_8)).isEqualTo(expected);
  }

  @Test
  void compact_nothingToRemove_sameArray() {
    byte[] text = "{\"a b\":[1,2]}".getBytes(UTF_8);
    assertThat(JsonText.compact(text)).isSameAs(text);
  }

  @Test
  void compact_doesNotChangeItsInput() {
    byte[] text = " [ 1 , 2 ] ".getBytes(UTF_8);
    byte[] copy = text.clone();
    JsonText.compact(text);
    assertThat(text).isEqualTo(copy);
  }

  @Test
  void compact_anyText_keepsTheValue() {
    Seed seed = Seed.next();
    JsonTexts texts = new JsonTexts(seed.random());
    for (int i = 0; i < 10_000; i++) {
      byte[] text = texts.valid();
      byte[] compact = JsonText.compact(text);
      assertThat(parse(compact)).as("%s", seed).isEqualTo(parse(text));
      assertThat(JsonText.compact(compact)).as("%s", seed).isSameAs(compact);
    }
  }

  @Test
  void compact_canonicalText_isFixpointOfAll() {
    Seed seed = Seed.next();
    JsonTexts texts = new JsonTexts(seed.random());
    for (int i = 0; i < 10_000; i++) {
      byte[] canonical = CanonicalJson.write(parse(texts.valid()));
      assertThat(CanonicalJson.write(parse(canonical))).as("%s", seed).isEqualTo(canonical);
      assertThat(JsonText.compact(canonical)).as("%s", seed).isSameAs(canonical);
    }
  }

  private static JsonNode parse(byte[] text) {
    return StrictJson.parse(text, JsonLimits.DEFAULT);
  }
}
