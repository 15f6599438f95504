package org.peal.crypto.x509;

/** The members of a message that carry or name its credentials. */
final class Fields {

  static final String CRYPTO = "crypto";
  static final String SIGNATURE = "signature";
  static final String CERTIFICATE = "certificate";

  /** A value of {@link #CRYPTO}. */
  static final String X509 = "x509";

  /** A value of {@link #CRYPTO}. */
  static final String GPG = "gpg";

  private Fields() {}
}
