package org.peal.crypto.x509;

import java.math.BigInteger;
import java.security.cert.CRLException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peal.crypto.Reason;
import org.peal.crypto.Refusal;
import org.peal.crypto.TrustException;

/**
 * The lists of a CRL file, each with the authorities whose key signed it. Immutable.
 *
 * <p>Every issuer of a chain needs a good list of its own, else nothing is known: fail closed.
 */
final class RevocationLists implements Revocations {

  private final List<RevocationList> all;
  private final Duration grace;
  private final Map<X509Certificate, List<RevocationList>> byAuthority = new HashMap<>();

  /**
   * Sorts lists by the authorities that signed them.
   *
   * @param grace how long the newest list of an authority serves after its end
   */
  RevocationLists(List<RevocationList> all, List<X509Certificate> authorities, Duration grace) {
    this.all = List.copyOf(all);
    this.grace = grace;
    for (X509Certificate authority : authorities) {
      byAuthority.put(authority, signedBy(authority));
    }
  }

  /**
   * Reads the blocks of a CRL file, without asking who signed them.
   *
   * @throws TrustException if one of them is no revocation list
   */
  static List<RevocationList> parse(List<Pem.Block> blocks, String source) {
    List<RevocationList> lists = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      lists.add(parse(blocks.get(i), source + ": revocation list " + (i + 1)));
    }
    return lists;
  }

  private static RevocationList parse(Pem.Block block, String source) {
    try {
      return RevocationList.parse(block.der());
    } catch (CRLException e) {
      throw new TrustException(source + ": " + e.getMessage(), e);
    }
  }

  /** Newest first, and of two of the same time the one later in the file. */
  private List<RevocationList> signedBy(X509Certificate authority) {
    List<RevocationList> signed = new ArrayList<>();
    for (RevocationList list : named(authority)) {
      if (list.isSignedBy(authority)) {
        signed.add(0, list);
      }
    }
    signed.sort(Comparator.comparing(RevocationList::start).reversed());
    return signed;
  }

  private List<RevocationList> named(X509Certificate authority) {
    return all.stream()
        .filter(list -> list.issuer().equals(authority.getSubjectX500Principal()))
        .toList();
  }

  @Override
  public List<Instant> changes() {
    List<Instant> changes = new ArrayList<>();
    for (RevocationList list : all) {
      changes.add(list.start());
      list.end().map(Span::justAfter).ifPresent(changes::add);
      list.end().map(end -> Span.justAfter(end.plus(grace))).ifPresent(changes::add);
    }
    return changes;
  }

  @Override
  public void check(Chain chain, Instant now) throws Refusal {
    for (int i = 0; i < chain.certificates().size(); i++) {
      X509Certificate certificate = chain.certificates().get(i);
      BigInteger serial = certificate.getSerialNumber();
      Optional<Instant> since = current(chain.issuerOf(i), now).revokedSince(serial);
      if (since.isPresent()) {
        throw new Refusal(
            Reason.REVOKED,
            "certificate of " + Certificates.name(certificate) + " was revoked at " + since.get());
      }
    }
  }

  private RevocationList current(X509Certificate issuer, Instant now) throws Refusal {
    List<RevocationList> signed = byAuthority.getOrDefault(issuer, List.of());
    return serving(signed, now)
        .orElseThrow(() -> unknown(Certificates.name(issuer), whyNone(issuer, signed, now)));
  }

  /** A current list wins; in its grace the newest serves. */
  private Optional<RevocationList> serving(List<RevocationList> signed, Instant now) {
    return signed.stream()
        .filter(list -> list.isUsable() && list.isCurrent(now))
        .findFirst()
        .or(
            () ->
                signed.stream()
                    .filter(list -> list.isUsable() && list.serves(now, grace))
                    .findFirst());
  }

  @Override
  public List<CrlLife> lives(Instant now) {
    List<CrlLife> lives = new ArrayList<>();
    byAuthority.forEach(
        (authority, signed) ->
            serving(signed, now)
                .or(() -> signed.stream().filter(RevocationList::isUsable).findFirst())
                .flatMap(list -> CrlLife.of(Certificates.name(authority), list, grace))
                .ifPresent(lives::add));
    return lives;
  }

  private String whyNone(X509Certificate issuer, List<RevocationList> signed, Instant now) {
    if (named(issuer).isEmpty()) {
      return "there is none";
    }
    if (signed.isEmpty()) {
      return "it is signed by another key";
    }
    RevocationList newest = signed.get(0);
    if (!newest.isUsable()) {
      return "it is a partial list or has a critical extension that is not known";
    }
    if (now.isBefore(newest.start())) {
      return "it starts at " + newest.start();
    }
    return newest.end().map(end -> "it ended at " + end).orElse("it has no end");
  }

  private static Refusal unknown(String issuer, String why) {
    return new Refusal(
        Reason.REVOCATION_UNKNOWN, "no current revocation list of " + issuer + ": " + why);
  }
}
