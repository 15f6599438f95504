package org.peal.service.koji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Koji's own marshaller and parser do with the same values. */
class XmlRpcVectorsTest {

  static Stream<JsonNode> encode() {
    return Vectors.rows("encode.json");
  }

  static Stream<JsonNode> decode() {
    return Vectors.rows("decode.json");
  }

  static Stream<JsonNode> exchanges() {
    return Vectors.rows("exchanges.json");
  }

  @ParameterizedTest
  @MethodSource("encode")
  void paramsOf_value_isWhatKojiWrites(JsonNode row) {
    // Koji's client writes a bare carriage return, which every parser takes for a line feed.
    String expected = row.get("xml").textValue().replace("\r", "&#13;");
    assertThat(XmlRpcWriter.paramsOf(Collections.singletonList(Vectors.value(row.get("value")))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void call_recordedOne_isWrittenAsKojiDoes(JsonNode row) {
    JsonNode request = row.get("request");
    Object params = Vectors.value(request.get("params"));
    byte[] body =
        XmlRpcWriter.call(
            request.get("method").textValue(), (List<?>) Objects.requireNonNull(params));
    assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo(request.get("xml").textValue());
  }

  @ParameterizedTest
  @MethodSource("decode")
  void reply_text_isReadOrRefusedAsByKoji(JsonNode row) {
    if (row.has("refused")) {
      assertThatExceptionOfType(KojiReplyException.class)
          .isThrownBy(() -> reply(row.get("xml").textValue()));
    } else if (row.has("fault")) {
      assertThatExceptionOfType(KojiFaultException.class)
          .isThrownBy(() -> reply(row.get("xml").textValue()))
          .matches(e -> e.code() == row.get("fault").get("code").intValue())
          .matches(e -> e.text().equals(row.get("fault").get("string").textValue()));
    } else {
      assertThat(reply(row.get("xml").textValue())).isEqualTo(Vectors.value(row.get("value")));
    }
  }

  @Test
  void vectors_files_areWhole() {
    assertThat(encode()).hasSize(16);
    assertThat(decode()).hasSize(26);
    assertThat(exchanges()).hasSize(25);
  }

  private static @Nullable Object reply(String xml) {
    return XmlRpcReader.reply(xml.getBytes(StandardCharsets.UTF_8), XmlRpcLimits.REPLY);
  }
}
