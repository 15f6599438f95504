package org.peal.bus.amqp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;

/**
 * Makes UTF-8 of bodies in other encodings, which messages name by the words that Python knows.
 * Stateless.
 */
final class TextEncoding {

  /** Words of Python that Java does not know, in lower case and with hyphens. */
  private static final Map<String, String> WORDS =
      Map.of(
          "latin-1", "ISO-8859-1",
          "latin", "ISO-8859-1",
          "utf-16-le", "UTF-16LE",
          "utf-16-be", "UTF-16BE",
          "utf-32-le", "UTF-32LE",
          "utf-32-be", "UTF-32BE",
          "u8", "UTF-8",
          "utf", "UTF-8",
          "mbcs", "");

  private TextEncoding() {}

  /**
   * Returns the text as UTF-8.
   *
   * @throws IllegalArgumentException if the encoding is unknown, or the bytes are not in it
   */
  static byte[] toUtf8(byte[] body, String encoding) {
    Charset charset = charset(encoding);
    if (charset.equals(StandardCharsets.UTF_8)) {
      return body; // whoever reads it checks it
    }
    try {
      return charset
          .newDecoder()
          .decode(ByteBuffer.wrap(body))
          .toString()
          .getBytes(StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("body is not in its encoding " + encoding, e);
    }
  }

  private static Charset charset(String encoding) {
    String word = encoding.toLowerCase(Locale.ROOT).replace('_', '-');
    try {
      return Charset.forName(WORDS.getOrDefault(word, word));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException("unknown encoding of the body: \"" + encoding + "\"", e);
    }
  }
}
