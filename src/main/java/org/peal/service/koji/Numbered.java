package org.peal.service.koji;

/** Constants that stand for numbers on the wire, from zero on. Stateless. */
final class Numbered {

  private Numbered() {}

  static <T> T of(T[] values, int number, String what) {
    if (number < 0 || number >= values.length) {
      throw KojiReplyException.ofOtherForm("unknown " + what + ": " + number);
    }
    return values[number];
  }
}
