package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {

  private static String line(String text) {
    return SafeText.line(text, 1000);
  }

  @Test
  void line_plainTextOfAnyScript_staysAsItIs() {
    String text =
        "gr\u00fc\u00dfe, \u65e5\u672c\u8a9e, \u05e2\u05d1\u05e8\u05d9\u05ea, \ud83d\ude00";
    assertThat(line(text)).isEqualTo(text);
  }

  @Test
  void line_lineBreaksAndTabs_becomeSpaces() {
    assertThat(line("a\r\nb\tc")).isEqualTo("a  b c");
  }

  @Test
  void line_terminalSequences_loseTheirEscape() {
    assertThat(line("\u001b[2J\u009b1m\u0007")).isEqualTo("\\u001b[2J\\u009b1m\\u0007");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 8, 0x7f, 0x85, 0x200b, 0x200e, 0x202e, 0x2028, 0x2029, 0x2066, 0xfeff, 0xfffe})
  void line_invisibleOrDirectional_isShownAsEscape(int c) {
    assertThat(line("a" + Character.toString(c) + "b")).isEqualTo(String.format("a\\u%04xb", c));
  }

  @Test
  void line_loneSurrogate_isShownAsEscape() {
    assertThat(line("a\ud800b\udc00")).isEqualTo("a\\ud800b\\udc00");
  }

  @Test
  void line_unsafeBeyondTheBmp_hasAnEscapeThatIsNotAmbiguous() {
    assertThat(line("\udb40\udc01" + "1")).isEqualTo("\\U000e00011");
  }

  @Test
  void line_tooLong_isCutAndSaysSo() {
    assertThat(SafeText.line("abcdef", 3)).isEqualTo("abc\u2026");
    assertThat(SafeText.line("abc", 3)).isEqualTo("abc");
  }

  @Test
  void line_cut_neverSplitsACharacter() {
    assertThat(SafeText.line("\ud83d\ude00\ud83d\ude00", 1)).isEqualTo("\ud83d\ude00\u2026");
  }
}
