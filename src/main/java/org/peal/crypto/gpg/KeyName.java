package org.peal.crypto.gpg;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;

/**
 * How an operator names a key: its fingerprint, its key id of 16 digits, a whole user id, or the
 * mail address in one. The short key ids of eight digits are no names, too many keys share one.
 *
 * @param text as configured; spaces within a fingerprint and a leading {@code 0x} do not matter
 */
record KeyName(String text) {

  /** Tells whether this names any key of a ring. */
  boolean means(PGPSecretKeyRing ring) {
    List<PGPPublicKey> keys = new ArrayList<>();
    ring.getPublicKeys().forEachRemaining(keys::add);
    return keys.stream().anyMatch(key -> meansNumber(key) || meansId(key));
  }

  /** Tells whether this is the number of a subkey. */
  boolean meansSubkey(PGPPublicKey key) {
    return !key.isMasterKey() && meansNumber(key);
  }

  private boolean meansNumber(PGPPublicKey key) {
    String number = text.replace(" ", "").toUpperCase(Locale.ROOT).replaceFirst("^0X", "");
    return number.equals(SigningKey.fingerprint(key))
        || number.equals(HexFormat.of().withUpperCase().toHexDigits(key.getKeyID()));
  }

  private boolean meansId(PGPPublicKey key) {
    List<String> ids = new ArrayList<>();
    key.getUserIDs().forEachRemaining(ids::add);
    return ids.stream().anyMatch(id -> id.equals(text) || id.endsWith("<" + text + ">"));
  }
}
