package org.peal.crypto.x509;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.peal.BoundedHttp;
import org.peal.KeptCopy;
import org.peal.crypto.Location;
import org.peal.crypto.TrustException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes snapshots of what its sources say at the moment. Thread-safe. */
final class TrustSources {

  private static final Logger LOG = LoggerFactory.getLogger(TrustSources.class);

  private final TrustSource ca;
  private final Optional<TrustSource> crl;
  private final Duration grace;
  private final Signatures signatures;

  private TrustSources(
      TrustSource ca, Optional<TrustSource> crl, Duration grace, Signatures signatures) {
    this.ca = ca;
    this.crl = crl;
    this.grace = grace;
    this.signatures = signatures;
  }

  /**
   * Returns the sources at the locations of {@code files}; nothing is read yet.
   *
   * @param copies the folder for what is fetched, if there is one
   */
  static TrustSources of(TrustFiles files, Optional<Path> copies) {
    return of(files, copies, () -> BoundedHttp.client().build());
  }

  /** Like the other, with the client for addresses. */
  static TrustSources of(TrustFiles files, Optional<Path> copies, Supplier<HttpClient> client) {
    return new TrustSources(
        source(files.ca(), TrustSources::authorities, copies, client),
        files.crl().map(crl -> source(crl, TrustSources::lists, copies, client)),
        files.grace(),
        new Signatures(files.provider()));
  }

  private static TrustSource source(
      Location location,
      BiConsumer<String, Object> check,
      Optional<Path> copies,
      Supplier<HttpClient> client) {
    if (location instanceof Location.Https https) {
      return new HttpsSource(
          https.address(),
          client.get(),
          check,
          copies.map(folder -> KeptCopy.of(folder, https.address(), HttpsSource.MAX_BYTES)),
          System::nanoTime,
          new Random());
    }
    return new FileSource(((Location.LocalFile) location).path());
  }

  private static Authorities authorities(String text, Object source) {
    return Authorities.read(
        TrustText.all(text, source, Pem.CERTIFICATE, "certificate"), source.toString());
  }

  private static List<RevocationList> lists(String text, Object source) {
    return RevocationLists.parse(
        TrustText.all(text, source, Pem.CRL, "revocation list"), source.toString());
  }

  List<TrustSource> all() {
    List<TrustSource> all = new ArrayList<>(List.of(ca));
    crl.ifPresent(all::add);
    return all;
  }

  /**
   * Reads everything.
   *
   * @throws TrustException if something cannot be read, naming it
   */
  TrustSnapshot load() {
    Authorities authorities = authorities(ca.read(), ca);
    return new TrustSnapshot(authorities, revocations(authorities), signatures);
  }

  /** Reads everything; lists that are there but unreadable say nothing about any certificate. */
  TrustSnapshot loadFailingClosed() {
    Authorities authorities = authorities(ca.read(), ca);
    return new TrustSnapshot(authorities, revocationsFailingClosed(authorities), signatures);
  }

  private Revocations revocations(Authorities authorities) {
    return crl.map(source -> read(source, authorities)).orElse(Revocations.UNCHECKED);
  }

  private Revocations read(TrustSource source, Authorities authorities) {
    return new RevocationLists(lists(source.read(), source), authorities.all(), grace);
  }

  private Revocations revocationsFailingClosed(Authorities authorities) {
    try {
      return revocations(authorities);
    } catch (TrustException e) {
      if (crl.filter(TrustSource::isThere).isEmpty()) {
        throw e;
      }
      LOG.warn("revocation lists are unreadable, no certificate is accepted: {}", e.getMessage());
      return Revocations.unreadable(String.valueOf(e.getMessage()));
    }
  }
}
