package org.peal.service.koji;

/** Makes the tokens that prove a Kerberos identity to a web server. */
@FunctionalInterface
interface NegotiateTokens {

  /**
   * Returns a fresh token for the HTTP service of a host.
   *
   * @throws KojiException if there is no ticket, or none can be had
   */
  byte[] forHost(String host);
}
