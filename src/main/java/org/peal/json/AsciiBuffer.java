package org.peal.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of text that is ASCII but for one method; not thread-safe. */
final class AsciiBuffer {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int INITIAL_SIZE = 1024;

  private byte[] bytes = new byte[INITIAL_SIZE];
  private int size;

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  void append(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
  }

  void append(long value) {
    if (value >= 0 && value < 10) {
      append((char) ('0' + value));
    } else {
      append(Long.toString(value));
    }
  }

  void append(String ascii) {
    append(ascii, 0, ascii.length());
  }

  @SuppressWarnings("deprecation") // the one way to copy ASCII without an array in between
  void append(String ascii, int from, int to) {
    reserve(to - from);
    ascii.getBytes(from, to, bytes, size);
    size += to - from;
  }

  void append(byte[] ascii, int from, int to) {
    reserve(to - from);
    System.arraycopy(ascii, from, bytes, size, to - from);
    size += to - from;
  }

  /** Appends any text as UTF-8. */
  void appendUtf8(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  /** Appends a backslash, {@code u} and the four hexadecimal digits of a UTF-16 unit. */
  void appendEscape(char unit) {
    reserve(6);
    bytes[size++] = '\\';
    bytes[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[size++] = HEX[unit >> shift & 0xF];
    }
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
  }
}
