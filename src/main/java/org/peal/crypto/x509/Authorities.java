package org.peal.crypto.x509;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.peal.crypto.Reason;
import org.peal.crypto.Refusal;
import org.peal.crypto.TrustException;

/**
 * The certificates of a CA file: self-signed ones are roots, the others intermediates. Immutable.
 *
 * <p>Intermediates come from this file only: what a message brings along is never an issuer.
 */
final class Authorities {

  /** Counts the signing certificate and the root. */
  private static final int MAX_CHAIN_LENGTH = 10;

  private static final int MAX_CHAINS = 32;

  private final List<X509Certificate> all;
  private final Map<X500Principal, List<X509Certificate>> bySubject = new HashMap<>();
  private final List<X509Certificate> roots = new ArrayList<>();

  private Authorities(List<X509Certificate> all) {
    this.all = List.copyOf(all);
    for (X509Certificate certificate : all) {
      bySubject
          .computeIfAbsent(certificate.getSubjectX500Principal(), name -> new ArrayList<>())
          .add(certificate);
      if (isRoot(certificate)) {
        roots.add(certificate);
      }
    }
  }

  /**
   * Reads the blocks of a CA file.
   *
   * @throws TrustException if one of them is no certificate or none of them is a root
   */
  static Authorities read(List<Pem.Block> blocks, String source) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      certificates.add(parse(blocks.get(i), source + ": certificate " + (i + 1)));
    }
    Authorities authorities = new Authorities(certificates);
    if (authorities.roots.isEmpty()) {
      throw new TrustException(
          source + ": no self-signed certificate in it; the root must be there", null);
    }
    return authorities;
  }

  private static X509Certificate parse(Pem.Block block, String source) {
    try {
      return Certificates.parse(block.der());
    } catch (CertificateException e) {
      throw new TrustException(source + ": " + e.getMessage(), e);
    }
  }

  private static boolean isRoot(X509Certificate certificate) {
    return Certificates.isSelfIssued(certificate)
        && Certificates.isSignedBy(certificate, certificate);
  }

  /** Returns all certificates in the order of the file. */
  List<X509Certificate> all() {
    return all;
  }

  /**
   * Returns the ways from a certificate to a root, at least one; not yet checked beyond signatures.
   *
   * @throws Refusal UNTRUSTED if there is none
   */
  List<Chain> chains(X509Certificate leaf) throws Refusal {
    List<X509Certificate> issuers = named(leaf.getIssuerX500Principal());
    if (Certificates.isSelfIssued(leaf) && (issuers.isEmpty() || hasKeyOfAny(leaf, issuers))) {
      throw new Refusal(
          Reason.UNTRUSTED, "certificate of " + Certificates.name(leaf) + " is self-signed");
    }
    List<Chain> found = new ArrayList<>();
    extend(new ArrayList<>(List.of(leaf)), found);
    if (found.isEmpty()) {
      throw new Refusal(Reason.UNTRUSTED, whyNone(leaf, issuers));
    }
    return found;
  }

  private void extend(List<X509Certificate> path, List<Chain> found) {
    X509Certificate last = path.get(path.size() - 1);
    if (path.size() > 1 && roots.contains(last)) {
      found.add(new Chain(path));
      return;
    }
    for (X509Certificate issuer : named(last.getIssuerX500Principal())) {
      if (path.size() < MAX_CHAIN_LENGTH
          && found.size() < MAX_CHAINS
          && !path.contains(issuer)
          && Certificates.isSignedBy(last, issuer)) {
        path.add(issuer);
        extend(path, found);
        path.remove(path.size() - 1);
      }
    }
  }

  private static boolean hasKeyOfAny(X509Certificate leaf, List<X509Certificate> issuers) {
    return issuers.stream().anyMatch(issuer -> Certificates.haveSameKey(leaf, issuer));
  }

  private static String whyNone(X509Certificate leaf, List<X509Certificate> issuers) {
    String issuer = leaf.getIssuerX500Principal().getName();
    if (issuers.isEmpty()) {
      return "issuer " + issuer + " is not among the trusted authorities";
    }
    return "certificate of "
        + Certificates.name(leaf)
        + " does not lead to a trusted root: its issuer "
        + issuer
        + " has another key, or no root above it";
  }

  private List<X509Certificate> named(X500Principal subject) {
    return bySubject.getOrDefault(subject, List.of());
  }
}
