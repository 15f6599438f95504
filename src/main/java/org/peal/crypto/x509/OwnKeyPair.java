package org.peal.crypto.x509;

import java.security.interfaces.RSAPrivateKey;

/**
 * The private key of this node with the certificate that belongs to it. Immutable.
 *
 * <p>It prints without the key.
 */
public final class OwnKeyPair {

  private final RSAPrivateKey key;
  private final String certificate;

  OwnKeyPair(RSAPrivateKey key, String certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  RSAPrivateKey key() {
    return key;
  }

  /** Returns the value of the {@code certificate} field of messages signed with this key. */
  public String certificate() {
    return certificate;
  }

  @Override
  public String toString() {
    return "OwnKeyPair[RSA " + key.getModulus().bitLength() + "]";
  }
}
