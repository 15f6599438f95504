package org.peal.node;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.peal.crypto.CryptoConfig;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Location;
import org.peal.crypto.TrustException;
import org.peal.crypto.x509.CrlLife;
import org.peal.crypto.x509.TrustFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Until when the revocation lists of this host are good. Stateless. */
final class ListLives {

  private static final Logger LOG = LoggerFactory.getLogger(ListLives.class);

  private ListLives() {}

  /**
   * Returns the lives of the lists in {@code crypto.crl}. Only files are looked at: an https
   * address may take long to answer, and its lists are watched by whoever fetches them.
   */
  static List<CrlLife> of(CryptoConfig config, Instant now) {
    Location ca = config.ca();
    Location crl = config.crl();
    if (!(ca instanceof Location.LocalFile) || !(crl instanceof Location.LocalFile)) {
      return List.of();
    }
    try {
      return new TrustFiles(ca, Optional.of(crl), config.crlGrace(), CryptoProvider.JDK)
          .load()
          .lives(now);
    } catch (TrustException e) {
      LOG.debug("revocation lists cannot be read", e);
      return List.of();
    }
  }
}
