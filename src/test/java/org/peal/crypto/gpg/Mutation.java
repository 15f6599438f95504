package org.peal.crypto.gpg;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;

/** Damages bytes. */
final class Mutation {

  private Mutation() {}

  static byte[] of(byte[] good, Random random) {
    byte[] bad = good.clone();
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
    }
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(bad, random.nextInt(good.length + 10));
    }
    return bad;
  }

  /**
   * Tells whether only what is not signed differs: lengths of packets, hints, the digest's start.
   */
  static boolean isHarmless(byte[] good, byte[] bad) {
    try {
      PGPSignature one = parse(good);
      PGPSignature other = parse(bad);
      return Arrays.equals(one.getSignatureTrailer(), other.getSignatureTrailer())
          && Arrays.equals(one.getSignature(), other.getSignature());
    } catch (IOException | PGPException e) {
      return false;
    }
  }

  private static PGPSignature parse(byte[] bytes) throws IOException, PGPException {
    return new PGPSignature(new BCPGInputStream(new ByteArrayInputStream(bytes)));
  }
}
