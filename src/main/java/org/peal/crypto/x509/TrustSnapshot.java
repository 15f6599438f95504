package org.peal.crypto.x509;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.peal.crypto.Fields;
import org.peal.crypto.LenientBase64;
import org.peal.crypto.Refusal;

/**
 * The authorities and revocation lists in force, and what is known of the certificates judged by
 * them. Thread-safe; what it trusts never changes.
 *
 * <p>Judgements are kept by the text of the {@code certificate} field, also the bad ones, so that
 * neither a busy signer nor a flood of forgeries costs a chain check per message. Each is kept with
 * the time span in which it is right: the bounds are the dates of all certificates and lists. New
 * files make a new snapshot, which starts with nothing known.
 */
public final class TrustSnapshot {

  /** Real ones have about 2,000 characters. */
  static final int MAX_CERTIFICATE_CHARS = 1 << 16;

  /** About 10,000 real certificates. */
  private static final long MAX_CACHED_CHARS = 20_000_000;

  private final Authorities authorities;
  private final Revocations revocations;
  private final Signatures signatures;
  private final List<Instant> changes = new ArrayList<>();
  private final Cache<String, Judgement> known =
      Caffeine.newBuilder()
          .maximumWeight(MAX_CACHED_CHARS)
          .weigher((String certificate, Judgement judgement) -> certificate.length() + 500)
          .executor(Runnable::run)
          .build();

  TrustSnapshot(Authorities authorities, Revocations revocations, Signatures signatures) {
    this.authorities = authorities;
    this.revocations = revocations;
    this.signatures = signatures;
    authorities.all().forEach(authority -> addChanges(changes, authority));
    changes.addAll(revocations.changes());
  }

  /** Returns what to think of the text of a {@code certificate} field. */
  Judgement judge(String certificate, Instant now) {
    Judgement kept = known.getIfPresent(certificate);
    if (kept != null && kept.holdsAt(now)) {
      return kept;
    }
    if (certificate.length() > MAX_CERTIFICATE_CHARS) {
      return tooLong(certificate);
    }
    Judgement fresh = judgeAnew(certificate, now);
    known.put(certificate, fresh);
    return fresh;
  }

  /** Returns the trusted authorities, in the order of their file. */
  public List<CertificateInfo> authorities() {
    List<CertificateInfo> all = new ArrayList<>();
    for (X509Certificate authority : authorities.all()) {
      try {
        all.add(CertificateInfo.of(authority));
      } catch (CertificateException e) {
        throw new IllegalStateException("a certificate that was read has an encoding", e);
      }
    }
    return all;
  }

  /** Returns how long the revocation lists that decide now still last. */
  public List<CrlLife> lives(Instant now) {
    return revocations.lives(now);
  }

  /** Returns what verifies with the keys of its judgements. */
  Signatures signatures() {
    return signatures;
  }

  /** Returns how many judgements are kept. */
  long cached() {
    known.cleanUp();
    return known.estimatedSize();
  }

  private static Judgement tooLong(String certificate) {
    return Judgement.refused(
        Span.ALWAYS,
        Refusal.malformed(
            "certificate of %d characters is longer than %d"
                .formatted(certificate.length(), MAX_CERTIFICATE_CHARS)));
  }

  private Judgement judgeAnew(String field, Instant now) {
    try {
      return judge(parse(field), now);
    } catch (Refusal malformed) {
      return Judgement.refused(Span.ALWAYS, malformed);
    } catch (RuntimeException e) {
      return Judgement.refused(
          Span.ALWAYS, Refusal.malformed("unreadable certificate: " + e.getMessage()));
    }
  }

  private static X509Certificate parse(String field) throws Refusal {
    byte[] text = LenientBase64.decode(field, Fields.CERTIFICATE);
    try {
      Pem.Block block =
          Pem.first(new String(text, StandardCharsets.ISO_8859_1), Pem.CERTIFICATE)
              .orElseThrow(() -> new Pem.Problem("no PEM block in it"));
      return Certificates.parse(block.der());
    } catch (Pem.Problem | CertificateException e) {
      throw Refusal.malformed("unreadable certificate: " + e.getMessage());
    }
  }

  private Judgement judge(X509Certificate leaf, Instant now) {
    List<Instant> all = new ArrayList<>(changes);
    addChanges(all, leaf);
    Span span = Span.around(now, all);
    try {
      requireGoodChain(authorities.chains(leaf), now);
      return Judgement.trusted(
          span,
          new Judgement.Holder(
              HolderKey.read(Certificates.keyInfo(leaf), signatures),
              Certificates.commonName(leaf)));
    } catch (Refusal refusal) {
      return Judgement.refused(span, refusal);
    }
  }

  /** One good way is enough; else the way that came furthest tells the reason. */
  private void requireGoodChain(List<Chain> chains, Instant now) throws Refusal {
    Refusal furthest = null;
    for (Chain chain : chains) {
      try {
        chain.check(now);
        revocations.check(chain, now);
        return;
      } catch (Refusal refusal) {
        furthest = furthest == null ? refusal : furthest.further(refusal);
      }
    }
    if (furthest != null) {
      throw furthest;
    }
  }

  private static void addChanges(List<Instant> changes, X509Certificate certificate) {
    changes.add(Certificates.start(certificate));
    changes.add(Span.justAfter(Certificates.end(certificate)));
  }
}
