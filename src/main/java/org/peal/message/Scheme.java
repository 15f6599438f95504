package org.peal.message;

/** How a message is signed. */
public enum Scheme {
  /** An X.509 certificate and an RSA signature over everything but the two credential fields. */
  X509,
  /** A GnuPG signature over the body alone. */
  GPG
}
