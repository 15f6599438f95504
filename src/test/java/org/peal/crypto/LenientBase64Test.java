package org.peal.crypto;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LenientBase64Test {

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "YWJj, abc",
    "YWI=, ab",
    "YQ==, a",
    "'Y?W\r\nJ j', abc",
    "YQ==YWJj, a",
    "YW=J=j, ab",
    "=YWJj, abc",
    "Y=WJj, abc",
    "====, ''",
  })
  void decode_whatPythonTakes_sameBytes(String text, String expected) throws Refusal {
    assertThat(new String(LenientBase64.decode(text, "x"), ISO_8859_1)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "YW", "YWJ", "YQ=", "YWJjA", "YQ=YWJj=", "YWJj\u00e9", "\ud800AAA"})
  void decode_whatPythonRefuses_malformed(String text) {
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> LenientBase64.decode(text, "x"));
  }
}
