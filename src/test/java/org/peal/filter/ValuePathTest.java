package org.peal.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

class ValuePathTest {

  private static final String MESSAGE =
      "{\"topic\": \"a.b\", \"msg\": {\"n\": 1, \"l\": [{\"x\": 2}, {\"y\": 3}, {\"x\": 4}]}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "body.n|[1]",
        "body.l[].x|[2, 4]",
        "body.l[0].x|[2]",
        "body[\"n\"]|[1]",
        "topic|[\"a.b\"]",
        "body.none|[]",
        "body.n[]|[]"
      })
  void values_path_areThoseItLeadsTo(String path, String expected) {
    List<JsonNode> values =
        ValuePath.parse(path).values(new Subject(json(MESSAGE), Optional.empty()));

    assertThat(values).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "n", "body.", "body.n == 1", "body.n body", "topic.x"})
  void parse_anythingElse_isRefused(String text) {
    assertThatExceptionOfType(FilterException.class).isThrownBy(() -> ValuePath.parse(text));
  }

  private static JsonNode json(String text) {
    return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }
}
