package org.peal.crypto.gpg;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.peal.crypto.Reason;
import org.peal.crypto.Refusal;

/**
 * A primary key or subkey of a keyring, with what is known of it. Immutable.
 *
 * @param signer fingerprint of the primary key, upper case
 * @param key what signatures are verified with
 * @param terms those of the primary key, and of the subkey if it is one
 * @param unusable why no signature of it counts, whatever the time
 */
record SigningKey(
    String signer, PGPPublicKey key, List<KeyTerms> terms, Optional<String> unusable) {

  static String fingerprint(PGPPublicKey key) {
    return HexFormat.of().withUpperCase().formatHex(key.getFingerprint());
  }

  /**
   * Checks that a signature by this key counts.
   *
   * @param made when the signature was made
   * @throws Refusal UNTRUSTED, NOT_YET_VALID, EXPIRED or REVOKED
   */
  void requireUsable(Instant made, Instant now) throws Refusal {
    if (unusable.isPresent()) {
      throw new Refusal(Reason.UNTRUSTED, "key " + fingerprint(key) + ": " + unusable.get());
    }
    for (KeyTerms each : terms) {
      each.check(made, now);
    }
  }
}
