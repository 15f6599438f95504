package org.peal.store;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The identity of one log, made with it: a log that was lost and made anew has another. Immutable.
 *
 * @param value 128 bits in 32 lower-case hexadecimal digits
 * @see <a href="../../../../../../docs/wire-format.md">wire format, members of our own</a>
 */
public record StreamId(String value) {

  private static final int BYTES = 16;

  public StreamId {
    if (value.length() != 2 * BYTES || !value.chars().allMatch(StreamId::isLowerHex)) {
      throw new IllegalArgumentException(
          "stream id must be 32 lower-case hexadecimal digits: \"" + value + "\"");
    }
  }

  /** Makes a new identity. */
  public static StreamId create(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new StreamId(HexFormat.of().formatHex(bytes));
  }

  private static boolean isLowerHex(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
  }

  @Override
  public String toString() {
    return value;
  }
}
