package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextReaderTest {

  private static final int LIMIT = 100;

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static List<String> texts(InputStream in, char terminator) throws IOException {
    TextReader reader = new TextReader(in, (byte) terminator, LIMIT);
    List<String> texts = new ArrayList<>();
    for (byte[] next = reader.next(); next != null; next = reader.next()) {
      texts.add(text(next));
    }
    return texts;
  }

  @Test
  void next_emptyStream_hasNoText() throws IOException {
    assertThat(texts(bytes(""), '\n')).isEmpty();
  }

  @Test
  void next_missingLastTerminator_isAccepted() throws IOException {
    assertThat(texts(bytes("a\nb"), '\n')).containsExactly("a", "b");
    assertThat(texts(bytes("a\nb\n"), '\n')).containsExactly("a", "b");
  }

  @Test
  void next_emptyText_isAText() throws IOException {
    assertThat(texts(bytes("\n\na\n"), '\n')).containsExactly("", "", "a");
  }

  @Test
  void next_nulTerminator_leavesNewlinesAlone() throws IOException {
    assertThat(texts(bytes("a\nb\0c\0"), '\0')).containsExactly("a\nb", "c");
  }

  @Test
  void next_carriageReturn_belongsToTheText() throws IOException {
    assertThat(texts(bytes("a\r\n"), '\n')).containsExactly("a\r");
  }

  @Test
  void next_textInPieces_isPutTogether() throws IOException {
    InputStream pieces =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(bytes("a"), bytes("b"), bytes("\nc"), bytes("\n"), bytes("d"))));
    assertThat(texts(pieces, '\n')).containsExactly("ab", "c", "d");
  }

  @Test
  void next_tooLongText_isCutToOneByteMoreThanTheLimit() throws IOException {
    String tooLong = "x".repeat(1_000_000);
    assertThat(texts(bytes(tooLong + "\nshort\n" + tooLong), '\n'))
        .containsExactly("x".repeat(LIMIT + 1), "short", "x".repeat(LIMIT + 1));
  }

  @Test
  void next_textAsLongAsTheLimit_isWhole() throws IOException {
    assertThat(texts(bytes("x".repeat(LIMIT)), '\n')).containsExactly("x".repeat(LIMIT));
  }

  @Test
  void nextBatch_severalTexts_takesThemUpToTheMost() throws IOException {
    TextReader reader = new TextReader(bytes("a\nb\nc\nd"), (byte) '\n', LIMIT);
    assertThat(reader.nextBatch(2)).extracting(TextReaderTest::text).containsExactly("a", "b");
    assertThat(reader.nextBatch(9)).extracting(TextReaderTest::text).containsExactly("c");
    assertThat(reader.nextBatch(9)).extracting(TextReaderTest::text).containsExactly("d");
    assertThat(reader.nextBatch(9)).isNull();
  }

  @Test
  void nextBatch_slowSource_givesWhatIsThere() throws IOException {
    InputStream slow =
        new SequenceInputStream(
            bytes("a\nb\n"),
            new InputStream() {
              @Override
              public int read() {
                throw new AssertionError("must not be waited for");
              }
            });
    TextReader reader = new TextReader(slow, (byte) '\n', LIMIT);
    assertThat(reader.nextBatch(64)).extracting(TextReaderTest::text).containsExactly("a", "b");
  }

  @Test
  void nextBatch_cutTextAndItsFollowers_stayApart() throws IOException {
    InputStream in =
        new SequenceInputStream(bytes("y".repeat(5000)), bytes("yy\nafter\n" + "z".repeat(200)));
    TextReader reader = new TextReader(in, (byte) '\n', LIMIT);
    List<String> all = new ArrayList<>();
    for (List<byte[]> batch = reader.nextBatch(10); batch != null; batch = reader.nextBatch(10)) {
      batch.forEach(text -> all.add(text(text)));
    }
    assertThat(all).containsExactly("y".repeat(LIMIT + 1), "after", "z".repeat(LIMIT + 1));
  }
}
