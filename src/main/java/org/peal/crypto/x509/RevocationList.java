package org.peal.crypto.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CRLEntryHolder;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.jspecify.annotations.Nullable;

/** One revocation list, indexed. Immutable. */
final class RevocationList {

  private static final int CRL_SIGNING = 6; // the bit of the key usage extension

  private final X509CRL list;
  private final Instant start;
  private final @Nullable Instant end;
  private final boolean usable;
  private final Map<BigInteger, Instant> revoked = new HashMap<>();

  private RevocationList(X509CRL list, X509CRLHolder holder) {
    this.list = list;
    this.start = list.getThisUpdate().toInstant();
    Date next = list.getNextUpdate();
    this.end = next == null ? null : next.toInstant();
    this.usable = index(holder) && isComplete(holder);
  }

  static RevocationList parse(byte[] der) throws CRLException {
    try {
      X509CRLHolder holder = new X509CRLHolder(der);
      JcaX509CRLConverter converter = new JcaX509CRLConverter().setProvider(Certificates.PROVIDER);
      return new RevocationList(converter.getCRL(holder), holder);
    } catch (IOException | RuntimeException e) {
      throw new CRLException("not a revocation list: " + e.getMessage(), e);
    }
  }

  /** Delta, indirect and partial lists say so in extensions; what we do not know is critical. */
  private static boolean isComplete(X509CRLHolder holder) {
    return holder.getCriticalExtensionOIDs().isEmpty()
        && holder.getExtension(Extension.issuingDistributionPoint) == null
        && holder.getExtension(Extension.deltaCRLIndicator) == null;
  }

  /** Returns whether every entry could be understood. */
  private boolean index(X509CRLHolder holder) {
    boolean understood = true;
    for (Object each : holder.getRevokedCertificates()) {
      X509CRLEntryHolder entry = (X509CRLEntryHolder) each;
      Set<?> critical = entry.getCriticalExtensionOIDs();
      understood &= critical.isEmpty();
      revoked.put(entry.getSerialNumber(), entry.getRevocationDate().toInstant());
    }
    return understood;
  }

  X500Principal issuer() {
    return list.getIssuerX500Principal();
  }

  /** Tells whether the list covers all certificates of its issuer, in a form that we know. */
  boolean isUsable() {
    return usable;
  }

  /** Tells whether the key of a certificate signed this list, and may sign lists. */
  boolean isSignedBy(X509Certificate authority) {
    boolean[] usage = authority.getKeyUsage();
    if (usage != null && !usage[CRL_SIGNING]) {
      return false;
    }
    try {
      list.verify(authority.getPublicKey(), Certificates.PROVIDER);
      return true;
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  /** Returns when the list was made; it counts from then on. */
  Instant start() {
    return start;
  }

  /** Returns the last instant at which the list counts, if it says one. */
  Optional<Instant> end() {
    return Optional.ofNullable(end);
  }

  /** A list without an end is never current: nobody could tell that it is outdated. */
  boolean isCurrent(Instant now) {
    return serves(now, Duration.ZERO);
  }

  /** Tells whether the list is current, or past its end by no more than the grace. */
  boolean serves(Instant now, Duration grace) {
    return !now.isBefore(start) && end != null && !now.isAfter(end.plus(grace));
  }

  /** Returns since when a serial number is revoked, if it is. */
  Optional<Instant> revokedSince(BigInteger serial) {
    return Optional.ofNullable(revoked.get(serial));
  }
}
