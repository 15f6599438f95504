package org.peal.crypto.x509;

/** The members of a message that carry or name its credentials. */
final class Fields {

  static final String CRYPTO = "crypto";
  static final String SIGNATURE = "signature";
  static final String CERTIFICATE = "certificate";

  /** The value of {@link #CRYPTO} for X.509. */
  static final String X509 = "x509";

  private Fields() {}
}
