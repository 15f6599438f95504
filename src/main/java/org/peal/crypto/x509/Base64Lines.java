package org.peal.crypto.x509;

import java.util.Base64;

/** Writes base64 as fedmsg does: lines of 76, each ended by a line feed, also the last. */
final class Base64Lines {

  private static final int COLUMNS = 76;
  private static final Base64.Encoder ENCODER = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'});

  private Base64Lines() {}

  /** Returns the lines; none for no bytes. */
  static String encode(byte[] bytes) {
    return bytes.length == 0 ? "" : ENCODER.encodeToString(bytes) + "\n";
  }
}
