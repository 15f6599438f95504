package org.peal.crypto.gpg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.gpg.keybox.KeyBlob;
import org.bouncycastle.gpg.keybox.PublicKeyRingBlob;
import org.bouncycastle.gpg.keybox.bc.BcKeyBox;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/** Reads the format of {@code pubring.kbx}. Stateless. */
final class Keybox {

  private static final byte[] MAGIC = "KBXf".getBytes(StandardCharsets.US_ASCII);
  private static final int MAGIC_AT = 8;

  private Keybox() {}

  static boolean isKeybox(byte[] bytes) {
    return bytes.length >= MAGIC_AT + MAGIC.length
        && Arrays.equals(bytes, MAGIC_AT, MAGIC_AT + MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /** Returns the OpenPGP keys; X.509 certificates are left out. */
  static List<PGPPublicKeyRing> read(byte[] bytes) throws IOException {
    List<PGPPublicKeyRing> rings = new ArrayList<>();
    for (KeyBlob blob : new BcKeyBox(bytes).getKeyBlobs()) {
      if (blob instanceof PublicKeyRingBlob ring) {
        rings.add(ring.getPGPPublicKeyRing());
      }
    }
    return rings;
  }
}
