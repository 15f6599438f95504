package org.peal.crypto;

import java.util.Arrays;

/**
 * Reads base64 as Python's {@code b64decode} does without its strict mode. Stateless.
 *
 * <p>Characters outside the alphabet are skipped, wherever they are; reading stops where a group of
 * four is completed by padding; padding anywhere else is skipped too. What Python verifies, Peal
 * must be able to verify.
 */
public final class LenientBase64 {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final byte SKIP = -1;
  private static final byte[] VALUES = values();

  private LenientBase64() {}

  /**
   * Decodes a text.
   *
   * @param what names the text in the detail of a refusal
   * @throws Refusal MALFORMED, if the text has a character outside ASCII or ends inside a group
   */
  public static byte[] decode(String text, String what) throws Refusal {
    byte[] out = new byte[text.length() / 4 * 3 + 3];
    int written = 0;
    int inGroup = 0;
    int pads = 0;
    int bits = 0;
    requireAscii(text, what);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=') {
        if (inGroup >= 2 && inGroup + ++pads >= 4) {
          return Arrays.copyOf(out, written);
        }
        continue;
      }
      byte value = VALUES[c];
      if (value == SKIP) {
        continue;
      }
      pads = 0;
      bits = bits << 6 | value;
      if (inGroup > 0) {
        out[written++] = (byte) (bits >> (6 - 2 * inGroup));
      }
      inGroup = (inGroup + 1) & 3;
    }
    if (inGroup != 0) {
      throw Refusal.malformed(what + " is not base64: it ends inside a group of four characters");
    }
    return Arrays.copyOf(out, written);
  }

  private static void requireAscii(String text, String what) throws Refusal {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        throw Refusal.malformed(what + " is not base64: it has a character outside ASCII");
      }
    }
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, SKIP);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = (byte) i;
    }
    return values;
  }
}
