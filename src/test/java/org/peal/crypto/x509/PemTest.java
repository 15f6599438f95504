package org.peal.crypto.x509;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PemTest {

  private static final byte[] BYTES =
      "some bytes that are more than one line of 64".getBytes(US_ASCII);
  private static final String BLOCK = Pem.write("CERTIFICATE", BYTES);

  @Test
  void write_bytes_linesOf64AndFinalNewline() {
    assertThat(BLOCK)
        .isEqualTo(
            """
            -----BEGIN CERTIFICATE-----
            c29tZSBieXRlcyB0aGF0IGFyZSBtb3JlIHRoYW4gb25lIGxpbmUgb2YgNjQ=
            -----END CERTIFICATE-----
            """);
  }

  @Test
  void first_textAround_found() throws Pem.Problem {
    assertThat(first("Certificate:\n  Data: x\n" + BLOCK + "more\n")).isEqualTo(BYTES);
  }

  @Test
  void first_crlfAndTrailingSpace_found() throws Pem.Problem {
    assertThat(first(BLOCK.replace("\n", " \r\n"))).isEqualTo(BYTES);
  }

  @Test
  void first_noNewlineAtEnd_found() throws Pem.Problem {
    assertThat(first(BLOCK.strip())).isEqualTo(BYTES);
  }

  @Test
  void first_wordsInsideALine_notABlock() throws Pem.Problem {
    assertThat(Pem.first("x" + BLOCK, Pem.CERTIFICATE)).isEmpty();
  }

  @Test
  void first_otherLabels_skipped() throws Pem.Problem {
    String text = Pem.write("PRIVATE KEY", new byte[] {1}) + BLOCK;
    assertThat(first(text)).isEqualTo(BYTES);
    assertThat(Pem.first(text, Pem.CRL)).isEmpty();
  }

  @Test
  void all_severalBlocks_inOrder() throws Pem.Problem {
    List<Pem.Block> found =
        Pem.all(BLOCK + Pem.write("X509 CERTIFICATE", new byte[] {1}), Pem.CERTIFICATE);
    assertThat(found)
        .extracting(Pem.Block::label)
        .containsExactly("CERTIFICATE", "X509 CERTIFICATE");
  }

  @Test
  void first_cutOff_problem() {
    assertThatExceptionOfType(Pem.Problem.class)
        .isThrownBy(() -> first(BLOCK.substring(0, 50)))
        .withMessageContaining("no line \"-----END CERTIFICATE-----\"");
  }

  @Test
  void first_notBase64_problem() {
    assertThatExceptionOfType(Pem.Problem.class)
        .isThrownBy(() -> first(BLOCK.replace("c29t", "c2?t")))
        .withMessageContaining("not base64");
  }

  @Test
  void first_encryptedOldKey_saidSo() throws Pem.Problem {
    String text =
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,00

        AAAA
        -----END RSA PRIVATE KEY-----
        """;
    assertThat(Pem.first(text, Set.of("RSA PRIVATE KEY")).orElseThrow().encrypted()).isTrue();
  }

  private static byte[] first(String text) throws Pem.Problem {
    return Pem.first(text, Pem.CERTIFICATE).orElseThrow().der();
  }
}
