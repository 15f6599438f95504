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
   * Returns the characters, ready to be read.
   *
   * @throws MalformedJsonException if the bytes are no UTF-8 or begin with a byte order mark
   */
  static CharBuffer decode(byte[] utf8) {
    ByteBuffer in = ByteBuffer.wrap(utf8);
    CharBuffer out = CharBuffer.allocate(utf8.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    out.flip();
    if (result.isError()) {
      int octet = Byte.toUnsignedInt(utf8[in.position()]);
      throw TextPlace.of(out, out.limit()).malformed("invalid UTF-8 at byte 0x%02x", octet);
    }
    if (out.hasRemaining() && out.get(0) == BYTE_ORDER_MARK) {
      throw TextPlace.of(out, 0).malformed("unexpected byte order mark");
    }
    return out;
  }
}
