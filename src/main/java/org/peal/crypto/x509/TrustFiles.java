package org.peal.crypto.x509;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.TrustException;
import org.peal.crypto.Watched;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the trusted authorities are.
 *
 * @param ca a PEM file with at least one self-signed certificate, and the intermediates in use
 * @param crl a PEM file with revocation lists, for every issuer one; absent: revocation is not
 *     checked
 * @param provider verifies the signatures of messages
 */
public record TrustFiles(Path ca, Optional<Path> crl, CryptoProvider provider) {

  private static final Logger LOG = LoggerFactory.getLogger(TrustFiles.class);

  /** Names files whose trust the JDK applies. */
  public TrustFiles(Path ca, Optional<Path> crl) {
    this(ca, crl, CryptoProvider.JDK);
  }

  /**
   * Loads both files.
   *
   * @throws TrustException if one of them cannot be read, naming it
   */
  public TrustSnapshot load() {
    Authorities authorities = authorities();
    return new TrustSnapshot(authorities, revocations(authorities), new Sha1Rsa(provider));
  }

  /**
   * Loads both files, and takes a CRL file that is there but unreadable for one that says nothing
   * about any certificate: every verdict is then REVOCATION_UNKNOWN.
   *
   * @throws TrustException if the CA file cannot be read or there is no CRL file
   */
  public TrustSnapshot loadFailingClosed() {
    Authorities authorities = authorities();
    return new TrustSnapshot(
        authorities, revocationsFailingClosed(authorities), new Sha1Rsa(provider));
  }

  /** Loads the files as {@link #load()} does and follows them. */
  public Watched<TrustSnapshot> watch() {
    return Watched.load("trusted authorities", files(), this::load);
  }

  /**
   * Loads the files as {@link #loadFailingClosed()} does and follows them; later an unreadable file
   * leaves the last good one in force.
   */
  public Watched<TrustSnapshot> watchFailingClosed() {
    AtomicBoolean started = new AtomicBoolean();
    return Watched.load(
        "trusted authorities",
        files(),
        () -> started.getAndSet(true) ? load() : loadFailingClosed());
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>(List.of(ca));
    crl.ifPresent(files::add);
    return files;
  }

  private Authorities authorities() {
    return Authorities.read(TrustText.all(ca, Pem.CERTIFICATE, "certificate"), ca.toString());
  }

  private Revocations revocations(Authorities authorities) {
    return crl.map(file -> read(file, authorities)).orElse(Revocations.UNCHECKED);
  }

  private static Revocations read(Path file, Authorities authorities) {
    List<Pem.Block> blocks = TrustText.all(file, Pem.CRL, "revocation list");
    return RevocationLists.read(blocks, file.toString(), authorities.all());
  }

  private Revocations revocationsFailingClosed(Authorities authorities) {
    try {
      return revocations(authorities);
    } catch (TrustException e) {
      if (crl.filter(Files::isReadable).isEmpty()) {
        throw e;
      }
      LOG.warn("revocation lists are unreadable, no certificate is accepted: {}", e.getMessage());
      return Revocations.unreadable(String.valueOf(e.getMessage()));
    }
  }
}
