package org.peal.crypto.x509;

import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import org.peal.crypto.KeyKind;

/**
 * The private key of this node with the certificate that belongs to it. Immutable.
 *
 * <p>It prints without the key.
 */
public final class OwnKeyPair {

  private final KeyKind kind;
  private final PrivateKey key;
  private final String certificate;

  /**
   * Puts both together.
   *
   * @param key is of the kind
   */
  OwnKeyPair(KeyKind kind, PrivateKey key, String certificate) {
    this.kind = kind;
    this.key = key;
    this.certificate = certificate;
  }

  /** Returns the kind of the key, which decides how messages are signed. */
  public KeyKind kind() {
    return kind;
  }

  PrivateKey key() {
    return key;
  }

  /** Returns the value of the {@code certificate} field of messages signed with this key. */
  public String certificate() {
    return certificate;
  }

  @Override
  public String toString() {
    String size = key instanceof RSAPrivateKey rsa ? " " + rsa.getModulus().bitLength() : "";
    return "OwnKeyPair[" + kind.title() + size + "]";
  }
}
