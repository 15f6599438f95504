package org.peal.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Base64LinesTest {

  @Test
  void encode_bytes_linesOf76EachEnded() {
    String lines = Base64Lines.encode(new byte[58]);
    assertThat(lines.split("\n", -1)).extracting(String::length).containsExactly(76, 4, 0);
    assertThat(Base64Lines.encode(new byte[0])).isEmpty();
  }
}
