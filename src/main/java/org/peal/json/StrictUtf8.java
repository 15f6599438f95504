package org.peal.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 that is valid to the last bit and has no byte order mark. */
final class StrictUtf8 {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private StrictUtf8() {}

  /**
   * Returns the characters.
   *
   * @throws MalformedJsonException if the bytes are no UTF-8 or begin with a byte order mark
   */
  static SourceText decode(byte[] utf8) {
    ByteBuffer in = ByteBuffer.wrap(utf8);
    CharBuffer out = CharBuffer.allocate(utf8.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    SourceText text = new SourceText(out.array(), out.position());
    if (result.isError()) {
      int octet = Byte.toUnsignedInt(utf8[in.position()]);
      throw text.malformedAt(out.position(), "invalid UTF-8 at byte 0x%02x", octet);
    }
    if (text.length() > 0 && text.chars()[0] == BYTE_ORDER_MARK) {
      throw text.malformedAt(0, "unexpected byte order mark");
    }
    return text;
  }
}
