package org.peal.service.koji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlRpcWriterTest {

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\u000b", "\u001f", "\ud800", "\udc00x", "\ufffe"})
  void call_characterThatXmlCannotHold_isRefused(String text) {
    assertThatExceptionOfType(KojiRequestException.class)
        .isThrownBy(() -> XmlRpcWriter.call("echo", List.of(text)));
    assertThatExceptionOfType(KojiRequestException.class)
        .isThrownBy(() -> XmlRpcWriter.call("echo", List.of(Map.of(text, 1L))));
  }

  @Test
  void call_valueWithoutAForm_isRefused() {
    for (Object value : List.of(Double.NaN, Double.POSITIVE_INFINITY, 1.5f, new Object())) {
      assertThatExceptionOfType(KojiRequestException.class)
          .isThrownBy(() -> XmlRpcWriter.call("echo", List.of(value)));
    }
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertThatExceptionOfType(KojiRequestException.class)
        .isThrownBy(() -> XmlRpcWriter.call("echo", itself))
        .withMessageContaining("deeper");
  }

  @Test
  void call_moreThanAHubTakes_isRefused() {
    assertThatExceptionOfType(KojiRequestException.class)
        .isThrownBy(() -> XmlRpcWriter.call("echo", List.of("x".repeat(4 << 20))))
        .withMessageContaining("a hub takes 4194304");
  }

  @Test
  void paramsOf_dateAndBytes_haveTheFormOfTheStandard() {
    assertThat(XmlRpcWriter.paramsOf(List.of(LocalDateTime.of(2019, 3, 18, 11, 56, 34))))
        .contains("<value><dateTime.iso8601>20190318T11:56:34</dateTime.iso8601></value>");
    assertThat(XmlRpcWriter.paramsOf(List.of(new byte[] {0, 1, 2, -1})))
        .contains("<value><base64>AAEC/w==</base64></value>");
  }

  @Test
  void paramsOf_astralCharacter_staysWhole() {
    assertThat(XmlRpcWriter.paramsOf(List.of("\ud83d\udd14"))).contains("\ud83d\udd14");
  }
}
