package org.peal.crypto.gpg;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.bcpg.SignatureSubpacket;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;

/**
 * Settles what each key of one ring, a primary key and its subkeys, is good for. Not thread-safe.
 */
final class SigningKeys {

  private final PGPPublicKey primary;
  private final Certifier certifier;
  private final List<PGPSignature> direct;
  private final List<PGPSignature> certifications;
  private final KeyTerms terms;

  private SigningKeys(PGPPublicKey primary) {
    this.primary = primary;
    certifier = new Certifier(primary);
    direct = certifier.direct();
    certifications = certifier.certifications();
    terms = terms(primary, selfSignature(SignatureSubpacketTags.KEY_EXPIRE_TIME), isRevoked());
  }

  /** Returns all keys of a ring, also those that are good for nothing. */
  static List<SigningKey> of(PGPPublicKeyRing ring) {
    SigningKeys settling = new SigningKeys(ring.getPublicKey());
    List<SigningKey> keys = new ArrayList<>();
    ring.forEach(key -> keys.add(settling.settle(key)));
    return keys;
  }

  private SigningKey settle(PGPPublicKey key) {
    return key.isMasterKey() ? settlePrimary() : settleSubkey(key);
  }

  private SigningKey settlePrimary() {
    Optional<String> problem =
        selfSignature(SignatureSubpacketTags.KEY_FLAGS).isEmpty()
            ? Optional.of("it has no valid signature by itself")
            : problem(primary, selfSignature(SignatureSubpacketTags.KEY_FLAGS));
    return new SigningKey(SigningKey.fingerprint(primary), primary, List.of(terms), problem);
  }

  private SigningKey settleSubkey(PGPPublicKey key) {
    Optional<PGPSignature> binding = certifier.binding(key);
    KeyTerms own = terms(key, binding, certifier.revoked(key));
    Optional<String> problem =
        selfSignature(SignatureSubpacketTags.KEY_FLAGS).isEmpty()
            ? Optional.of("its primary key has no valid signature by itself")
            : Rules.weakness(primary)
                .map(weak -> "its primary key is too weak: " + weak)
                .or(() -> bindingProblem(key, binding));
    return new SigningKey(SigningKey.fingerprint(primary), key, List.of(terms, own), problem);
  }

  private Optional<String> bindingProblem(PGPPublicKey key, Optional<PGPSignature> binding) {
    if (binding.isEmpty()) {
      return Optional.of("its primary key does not own up to it");
    }
    return problem(key, binding)
        .or(
            () ->
                bindsBack(key, binding.get())
                    ? Optional.empty()
                    : Optional.of("it does not own up to its primary key"));
  }

  /** A signing subkey must agree, else anyone could claim another one's key as his own. */
  private boolean bindsBack(PGPPublicKey key, PGPSignature binding) {
    return Stream.of(binding.getHashedSubPackets(), binding.getUnhashedSubPackets())
        .flatMap(SigningKeys::embedded)
        .anyMatch(back -> isBackSignature(key, back));
  }

  private boolean isBackSignature(PGPPublicKey key, PGPSignature back) {
    return back.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING
        && Certifier.acceptable(back)
        && Certifier.holds(back, key, signature -> signature.verifyCertification(primary, key));
  }

  private static Stream<PGPSignature> embedded(PGPSignatureSubpacketVector subpackets) {
    try {
      PGPSignatureList list = subpackets.getEmbeddedSignatures();
      return Stream.iterate(0, i -> i < list.size(), i -> i + 1).map(list::get);
    } catch (PGPException | RuntimeException e) {
      return Stream.empty();
    }
  }

  private static Optional<String> problem(PGPPublicKey key, Optional<PGPSignature> about) {
    return Rules.weakness(key)
        .or(
            () ->
                about
                    .filter(signature -> !maySign(signature))
                    .map(signature -> "it is not meant for signing"));
  }

  /** Old keys have no flags: then the algorithm alone decides. */
  private static boolean maySign(PGPSignature about) {
    PGPSignatureSubpacketVector said = about.getHashedSubPackets();
    return !said.hasSubpacket(SignatureSubpacketTags.KEY_FLAGS)
        || (said.getKeyFlags() & KeyFlags.SIGN_DATA) != 0;
  }

  /** A signature on the key itself decides where it says anything, else the newest user id. */
  private Optional<PGPSignature> selfSignature(int subpacket) {
    List<PGPSignature> saying =
        direct.stream().filter(s -> s.getHashedSubPackets().hasSubpacket(subpacket)).toList();
    return Certifier.newest(saying)
        .or(() -> Certifier.newest(certifications))
        .or(() -> Certifier.newest(direct));
  }

  private static KeyTerms terms(PGPPublicKey key, Optional<PGPSignature> about, boolean revoked) {
    Instant created = key.getCreationTime().toInstant();
    return new KeyTerms(
        SigningKey.fingerprint(key),
        created,
        about.flatMap(signature -> end(created, signature)),
        revoked);
  }

  /** The key ends at its own end, or with the signature that vouches for it. */
  private static Optional<Instant> end(Instant created, PGPSignature about) {
    PGPSignatureSubpacketVector said = about.getHashedSubPackets();
    Date made = Certifier.made(about);
    return Stream.of(
            after(created, said.getKeyExpirationTime()),
            after(made.toInstant(), said.getSignatureExpirationTime()))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  static Optional<Instant> after(Instant start, long seconds) {
    return seconds == 0 ? Optional.empty() : Optional.of(start.plusSeconds(seconds));
  }

  private boolean isRevoked() {
    return certifier.revoked() || isRevokedByAnother();
  }

  /** What a designated revoker signed is taken without a look at its key: in doubt not trusted. */
  private boolean isRevokedByAnother() {
    List<Long> revokers =
        Stream.concat(direct.stream(), certifications.stream())
            .map(PGPSignature::getHashedSubPackets)
            .flatMap(s -> Stream.of(s.getSubpackets(SignatureSubpacketTags.REVOCATION_KEY)))
            .map(SigningKeys::keyId)
            .toList();
    List<PGPSignature> revocations = new ArrayList<>();
    primary.getSignaturesOfType(PGPSignature.KEY_REVOCATION).forEachRemaining(revocations::add);
    return revocations.stream().anyMatch(s -> revokers.contains(s.getKeyID()));
  }

  /** The data of such a subpacket end with the fingerprint, and that ends with the key id. */
  private static long keyId(SignatureSubpacket revoker) {
    byte[] fingerprint = revoker.getData();
    long id = 0;
    for (int i = Math.max(0, fingerprint.length - 8); i < fingerprint.length; i++) {
      id = id << 8 | fingerprint[i] & 0xff;
    }
    return id;
  }
}
