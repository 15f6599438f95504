package org.peal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream of bytes into texts at a terminator. Not thread-safe.
 *
 * <p>A missing last terminator is accepted; an empty text is a text. A text beyond the limit is cut
 * to one byte more than the limit, so that whoever parses it sees that it is too long, and the rest
 * is skipped: memory stays bounded.
 */
final class TextReader {

  private static final int BUFFER = 1 << 18;

  private final InputStream in;
  private final byte terminator;
  private final int limit;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int end;
  private byte[] partial = new byte[0];
  private boolean started;

  TextReader(InputStream in, byte terminator, int limit) {
    this.in = in;
    this.terminator = terminator;
    this.limit = limit;
  }

  /** Returns the next text, or null at the end of the stream. */
  byte @Nullable [] next() throws IOException {
    while (position < end || fill()) {
      int stop = indexOfTerminator();
      if (stop < end) {
        byte[] text = take(stop);
        position = stop + 1;
        started = false;
        return text;
      }
      partial = take(end);
      position = end;
      started = true;
    }
    if (!started) {
      return null;
    }
    started = false;
    byte[] last = partial;
    partial = new byte[0];
    return last;
  }

  /**
   * Returns the next text and those behind it that are already in memory, so that a slow source is
   * not waited for; null at the end.
   */
  @Nullable List<byte[]> nextBatch(int most) throws IOException {
    byte[] first = next();
    if (first == null) {
      return null;
    }
    List<byte[]> batch = new ArrayList<>();
    batch.add(first);
    while (batch.size() < most) {
      int stop = indexOfTerminator();
      if (stop >= end) {
        break;
      }
      batch.add(take(stop));
      position = stop + 1;
    }
    return batch;
  }

  private boolean fill() throws IOException {
    position = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  private int indexOfTerminator() {
    int at = position;
    while (at < end && buffer[at] != terminator) {
      at++;
    }
    return at;
  }

  private byte[] take(int stop) {
    int room = Math.max(0, limit + 1 - partial.length);
    int length = Math.min(stop - position, room);
    byte[] text = partial;
    if (length > 0) {
      text = Arrays.copyOf(partial, partial.length + length);
      System.arraycopy(buffer, position, text, partial.length, length);
    }
    partial = new byte[0];
    return text;
  }
}
