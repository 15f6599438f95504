package org.peal.message;

/** How a message is signed. */
public enum Scheme {
  /** An X.509 certificate and a signature by its key over all but the two credential fields. */
  X509,
  /** A GnuPG signature over the body alone. */
  GPG
}
