package org.peal.node.submit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts what arrives at its line feeds; a line is never kept beyond its limit. One thread. */
final class Lines {

  private static final int FIRST = 8192;

  private final int limit;
  private byte[] bytes = new byte[FIRST];
  private int start;
  private int end;
  private int looked;

  /** Makes a cutter for lines of at most {@code limit} bytes. */
  Lines(int limit) {
    this.limit = limit;
  }

  /** Takes all of a buffer. */
  void add(ByteBuffer more) {
    int length = more.remaining();
    if (end + length > bytes.length) {
      makeRoom(length);
    }
    more.get(bytes, end, length);
    end += length;
  }

  private void makeRoom(int length) {
    int kept = end - start;
    byte[] target =
        kept + length > bytes.length ? new byte[Math.max(kept + length, 2 * bytes.length)] : bytes;
    System.arraycopy(bytes, start, target, 0, kept);
    bytes = target;
    looked -= start;
    start = 0;
    end = kept;
  }

  /** Returns the next whole line without its end, or null if there is none yet. */
  byte @Nullable [] next() {
    for (; looked < end; looked++) {
      if (bytes[looked] == '\n') {
        byte[] line = Arrays.copyOfRange(bytes, start, looked);
        start = ++looked;
        return line;
      }
    }
    return null;
  }

  /** Tells whether the line that has begun is longer than allowed. */
  boolean isTooLong() {
    return end - start > limit;
  }
}
