package org.peal.crypto.gpg;

import org.bouncycastle.openpgp.PGPPrivateKey;

/**
 * The GnuPG key of this node. Immutable; it prints without the key.
 *
 * @see SecretKeyFile
 */
public final class OwnKey {

  private final PGPPrivateKey secret;
  private final SigningKey known;

  OwnKey(PGPPrivateKey secret, SigningKey known) {
    this.secret = secret;
    this.known = known;
  }

  PGPPrivateKey secret() {
    return secret;
  }

  SigningKey known() {
    return known;
  }

  /** Returns the name that verifiers know messages signed with this key by. */
  public String signer() {
    return known.signer();
  }

  @Override
  public String toString() {
    return "OwnKey[" + signer() + "]";
  }
}
