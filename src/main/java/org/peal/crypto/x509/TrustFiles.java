package org.peal.crypto.x509;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.peal.KeptCopy;
import org.peal.Watched;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Location;
import org.peal.crypto.TrustException;

/**
 * Where the trusted authorities are. Immutable.
 *
 * @param ca PEM text with at least one self-signed certificate, and the intermediates in use
 * @param crl PEM text with revocation lists, for every issuer one; absent: revocation is not
 *     checked
 * @param grace how long the last good revocation list serves after its end
 * @param provider verifies the signatures of messages
 */
public record TrustFiles(
    Location ca, Optional<Location> crl, Duration grace, CryptoProvider provider) {

  /** Names files whose trust the JDK applies, without grace. */
  public TrustFiles(Path ca, Optional<Path> crl) {
    this(Location.of(ca), crl.map(Location::of), Duration.ZERO, CryptoProvider.JDK);
  }

  /**
   * Loads both once.
   *
   * @throws TrustException if one of them cannot be read, naming it
   */
  public TrustSnapshot load() {
    return sources().load();
  }

  /**
   * Loads both once, and takes a CRL file that is there but unreadable for one that says nothing
   * about any certificate: every verdict is then REVOCATION_UNKNOWN.
   *
   * @throws TrustException if the CA cannot be read or there is no CRL
   */
  public TrustSnapshot loadFailingClosed() {
    return sources().loadFailingClosed();
  }

  /** Loads as {@link #load()} does and follows what was loaded. */
  public Watched<TrustSnapshot> watch() {
    TrustSources sources = sources();
    return Watched.follow("trusted authorities", sources.all(), sources::load);
  }

  /**
   * Loads as {@link #loadFailingClosed()} does and follows what was loaded; later an unreadable
   * file leaves the last good one in force. Addresses are fetched and an operator is warned of
   * lists that end by a thread of its own, which ends when the value returned is no longer in use.
   *
   * @param clock tells whether lists have ended
   */
  public Watched<TrustSnapshot> watchFailingClosed(InstantSource clock) {
    TrustSources sources = sources();
    AtomicBoolean started = new AtomicBoolean();
    Watched<TrustSnapshot> trust =
        Watched.follow(
            "trusted authorities",
            sources.all(),
            () -> started.getAndSet(true) ? sources.load() : sources.loadFailingClosed());
    new TrustUpkeep(trust, sources.all(), clock).start();
    return trust;
  }

  private TrustSources sources() {
    return TrustSources.of(this, KeptCopy.folder(System.getenv(), "trust"));
  }
}
