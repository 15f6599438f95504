package org.peal.bus.zmq;

import java.nio.charset.StandardCharsets;

/** Text as bytes. Stateless. */
final class Bytes {

  private Bytes() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
