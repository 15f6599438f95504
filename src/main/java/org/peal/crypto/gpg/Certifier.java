package org.peal.crypto.gpg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.PGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * What a primary key says about itself and its subkeys. What others say about it does not count.
 * Not thread-safe.
 */
final class Certifier {

  static final PGPContentVerifierBuilderProvider ALGORITHMS =
      new BcPGPContentVerifierBuilderProvider();

  private final PGPPublicKey primary;

  Certifier(PGPPublicKey primary) {
    this.primary = primary;
  }

  /** Returns the valid signatures directly on the primary key. */
  List<PGPSignature> direct() {
    return valid(
        primary.getSignaturesOfType(PGPSignature.DIRECT_KEY),
        signature -> signature.verifyCertification(primary));
  }

  /** Returns for each user id that is not revoked its newest valid certification. */
  List<PGPSignature> certifications() {
    List<PGPSignature> found = new ArrayList<>();
    primary.getRawUserIDs().forEachRemaining(id -> certification(id).ifPresent(found::add));
    return found;
  }

  private Optional<PGPSignature> certification(byte[] id) {
    Iterator<PGPSignature> all = primary.getSignaturesForID(id);
    if (all == null) {
      return Optional.empty();
    }
    return newest(valid(all, signature -> signature.verifyCertification(id, primary)))
        .filter(PGPSignature::isCertification);
  }

  /** Returns the newest valid signature that binds a subkey. */
  Optional<PGPSignature> binding(PGPPublicKey subkey) {
    return newest(
        valid(
            subkey.getSignaturesOfType(PGPSignature.SUBKEY_BINDING),
            signature -> signature.verifyCertification(primary, subkey)));
  }

  boolean revoked() {
    return !revocations(primary, signature -> signature.verifyCertification(primary)).isEmpty();
  }

  boolean revoked(PGPPublicKey subkey) {
    return !revocations(subkey, signature -> signature.verifyCertification(primary, subkey))
        .isEmpty();
  }

  /** A revocation counts whatever its digest or critical parts: in doubt a key is not trusted. */
  private List<PGPSignature> revocations(PGPPublicKey key, Check check) {
    int type = key.isMasterKey() ? PGPSignature.KEY_REVOCATION : PGPSignature.SUBKEY_REVOCATION;
    List<PGPSignature> found = new ArrayList<>();
    key.getSignaturesOfType(type)
        .forEachRemaining(
            signature -> {
              if (holds(signature, check)) {
                found.add(signature);
              }
            });
    return found;
  }

  /** Returns the newest; of two of the same second one that takes back. */
  static Optional<PGPSignature> newest(List<PGPSignature> signatures) {
    return signatures.stream()
        .max(
            Comparator.comparing(Certifier::made)
                .thenComparing(s -> PGPSignature.isRevocation(s.getSignatureType())));
  }

  static Date made(PGPSignature signature) {
    return signature.getHashedSubPackets().getSignatureCreationTime();
  }

  private List<PGPSignature> valid(Iterator<PGPSignature> all, Check check) {
    List<PGPSignature> found = new ArrayList<>();
    all.forEachRemaining(
        signature -> {
          if (acceptable(signature) && holds(signature, check)) {
            found.add(signature);
          }
        });
    return found;
  }

  /** Tells whether a signature about keys is of a kind that may be relied on. */
  static boolean acceptable(PGPSignature signature) {
    return signature.getVersion() == Rules.VERSION
        && Rules.digestOfKeys(signature.getHashAlgorithm())
        && made(signature) != null
        && Rules.keyUnderstood(signature);
  }

  private boolean holds(PGPSignature signature, Check check) {
    return signature.getKeyID() == primary.getKeyID() && holds(signature, primary, check);
  }

  /** Tells whether a signature was made by a key, whatever is wrong with either. */
  static boolean holds(PGPSignature signature, PGPPublicKey by, Check check) {
    try {
      signature.init(ALGORITHMS, by);
      return check.verify(signature);
    } catch (PGPException | RuntimeException e) {
      return false;
    }
  }

  /** Feeds a signature with what it is about. */
  interface Check {
    boolean verify(PGPSignature signature) throws PGPException;
  }
}
