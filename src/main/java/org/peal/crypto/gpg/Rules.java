package org.peal.crypto.gpg;

import java.util.Optional;
import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.SignatureSubpacket;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;

/** Which algorithms, sizes and packet versions are good enough. Stateless. */
final class Rules {

  /** The only version of keys and signatures that GnuPG has made for twenty years. */
  static final int VERSION = 4;

  private static final int LEAST_BITS = 2048;

  /** Nobody makes such keys any more, but old ones are good. */
  private static final int RSA_FOR_SIGNING_ONLY = 3;

  private static final Set<Integer> FINITE_FIELD =
      Set.of(PublicKeyAlgorithmTags.RSA_GENERAL, RSA_FOR_SIGNING_ONLY, PublicKeyAlgorithmTags.DSA);

  private static final Set<Integer> CURVES =
      Set.of(
          PublicKeyAlgorithmTags.ECDSA,
          PublicKeyAlgorithmTags.EDDSA_LEGACY,
          PublicKeyAlgorithmTags.Ed25519,
          PublicKeyAlgorithmTags.Ed448);

  private static final Set<Integer> STRONG_DIGESTS =
      Set.of(
          HashAlgorithmTags.SHA256,
          HashAlgorithmTags.SHA384,
          HashAlgorithmTags.SHA512,
          HashAlgorithmTags.SHA3_256,
          HashAlgorithmTags.SHA3_512);

  private static final Set<Integer> OF_DOCUMENTS =
      Set.of(
          SignatureSubpacketTags.CREATION_TIME,
          SignatureSubpacketTags.EXPIRE_TIME,
          SignatureSubpacketTags.ISSUER_KEY_ID,
          SignatureSubpacketTags.ISSUER_FINGERPRINT,
          SignatureSubpacketTags.SIGNER_USER_ID);

  private static final Set<Integer> OF_KEYS =
      Set.of(
          SignatureSubpacketTags.CREATION_TIME,
          SignatureSubpacketTags.EXPIRE_TIME,
          SignatureSubpacketTags.EXPORTABLE,
          SignatureSubpacketTags.REVOCABLE,
          SignatureSubpacketTags.KEY_EXPIRE_TIME,
          SignatureSubpacketTags.PREFERRED_SYM_ALGS,
          SignatureSubpacketTags.REVOCATION_KEY,
          SignatureSubpacketTags.ISSUER_KEY_ID,
          SignatureSubpacketTags.PREFERRED_HASH_ALGS,
          SignatureSubpacketTags.PREFERRED_COMP_ALGS,
          SignatureSubpacketTags.KEY_SERVER_PREFS,
          SignatureSubpacketTags.PREFERRED_KEY_SERV,
          SignatureSubpacketTags.PRIMARY_USER_ID,
          SignatureSubpacketTags.POLICY_URL,
          SignatureSubpacketTags.KEY_FLAGS,
          SignatureSubpacketTags.SIGNER_USER_ID,
          SignatureSubpacketTags.FEATURES,
          SignatureSubpacketTags.EMBEDDED_SIGNATURE,
          SignatureSubpacketTags.ISSUER_FINGERPRINT,
          SignatureSubpacketTags.PREFERRED_AEAD_ALGORITHMS);

  private Rules() {}

  /** Returns what is wrong with a key's algorithm or size, if anything. */
  static Optional<String> weakness(PGPPublicKey key) {
    int algorithm = key.getAlgorithm();
    if (key.getVersion() != VERSION) {
      return Optional.of("it is of version " + key.getVersion() + ", not " + VERSION);
    }
    if (CURVES.contains(algorithm)) {
      return Optional.empty();
    }
    if (!FINITE_FIELD.contains(algorithm)) {
      return Optional.of("its algorithm, number " + algorithm + ", does not make signatures");
    }
    return key.getBitStrength() < LEAST_BITS
        ? Optional.of("it has " + key.getBitStrength() + " bits, fewer than " + LEAST_BITS)
        : Optional.empty();
  }

  static boolean strongDigest(int digest) {
    return STRONG_DIGESTS.contains(digest);
  }

  /** Keys of an operator's own choice may be held together by SHA-1, as all old ones are. */
  static boolean digestOfKeys(int digest) {
    return strongDigest(digest)
        || digest == HashAlgorithmTags.SHA1
        || digest == HashAlgorithmTags.SHA224;
  }

  /** Tells whether all that a message's signature calls critical is understood. */
  static boolean documentUnderstood(PGPSignature signature) {
    return understood(signature, OF_DOCUMENTS);
  }

  /** Tells whether all that a key's signature calls critical is understood. */
  static boolean keyUnderstood(PGPSignature signature) {
    return understood(signature, OF_KEYS);
  }

  private static boolean understood(PGPSignature signature, Set<Integer> known) {
    PGPSignatureSubpacketVector hashed = signature.getHashedSubPackets();
    for (SignatureSubpacket subpacket : hashed.toArray()) {
      if (subpacket.isCritical() && !known.contains(subpacket.getType())) {
        return false;
      }
    }
    return true;
  }
}
