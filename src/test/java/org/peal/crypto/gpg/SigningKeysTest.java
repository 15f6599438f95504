package org.peal.crypto.gpg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SigningKeysTest {

  private static final String ID = "Test";
  private static final Consumer<PGPSignatureSubpacketGenerator> NOTHING = subpackets -> {};

  private TestKey primary;
  private TestKey subkey;
  private TestKey stranger;

  @BeforeEach
  void makeKeys() throws PGPException {
    primary = TestKey.primary();
    subkey = TestKey.subkey();
    stranger = TestKey.primary();
  }

  @Test
  void of_certifiedByItself_maySign() throws PGPException {
    SigningKey key = only(with(certification(NOTHING)));

    assertThat(key.unusable()).isEmpty();
    assertThat(key.terms())
        .containsExactly(new KeyTerms(key.signer(), TestKey.START, Optional.empty(), false));
  }

  @Test
  void of_noSelfSignature_mayNot() throws PGPException {
    PGPSignature byAnother =
        stranger.sign(
            PGPSignature.POSITIVE_CERTIFICATION,
            0,
            NOTHING,
            generator -> generator.generateCertification(ID, primary.key()));

    assertThat(only(primary.key()).unusable()).contains("it has no valid signature by itself");
    assertThat(only(with(byAnother)).unusable()).contains("it has no valid signature by itself");
  }

  @Test
  void of_selfSignatureWithUnknownCritical_isVoid() throws PGPException {
    PGPPublicKey key = with(certification(s -> s.addCustomSubpacket(TestKey.unknown())));
    assertThat(only(key).unusable()).contains("it has no valid signature by itself");
  }

  @Test
  void of_onlyUserIdTakenBack_mayNot() throws PGPException {
    for (int later : new int[] {0, 5}) {
      PGPSignature back =
          primary.sign(
              PGPSignature.CERTIFICATION_REVOCATION,
              later,
              NOTHING,
              generator -> generator.generateCertification(ID, primary.key()));
      PGPPublicKey key = PGPPublicKey.addCertification(with(certification(NOTHING)), ID, back);

      assertThat(only(key).unusable()).contains("it has no valid signature by itself");
    }
  }

  @Test
  void of_flagsForOtherUses_mayNot() throws PGPException {
    PGPPublicKey key = with(certification(s -> s.setKeyFlags(false, KeyFlags.CERTIFY_OTHER)));
    assertThat(only(key).unusable()).contains("it is not meant for signing");
  }

  @Test
  void of_newerSignatureOnTheKeyWithoutEnd_keepsTheEndOfTheUserId() throws PGPException {
    PGPPublicKey key = with(certification(s -> s.setKeyExpirationTime(false, 100)));
    key = PGPPublicKey.addCertification(key, direct(5, NOTHING));
    assertThat(only(key).terms().get(0).end()).contains(TestKey.START.plusSeconds(100));

    key = PGPPublicKey.addCertification(key, direct(6, s -> s.setKeyExpirationTime(false, 50)));
    assertThat(only(key).terms().get(0).end()).contains(TestKey.START.plusSeconds(50));
  }

  @Test
  void of_revokedByDesignatedRevoker_isRevoked() throws PGPException {
    PGPPublicKey plain = with(certification(NOTHING));
    PGPPublicKey designated =
        PGPPublicKey.addCertification(
            plain, direct(1, s -> s.addCustomSubpacket(stranger.asRevoker())));
    PGPSignature revocation =
        stranger.sign(
            PGPSignature.KEY_REVOCATION,
            2,
            NOTHING,
            generator -> generator.generateCertification(primary.key()));

    assertThat(revoked(PGPPublicKey.addCertification(plain, revocation))).isFalse();
    assertThat(revoked(PGPPublicKey.addCertification(designated, revocation))).isTrue();
  }

  @Test
  void of_revocationWithUnknownCritical_stillCounts() throws PGPException {
    PGPSignature revocation =
        primary.sign(
            PGPSignature.KEY_REVOCATION,
            2,
            s -> s.addCustomSubpacket(TestKey.unknown()),
            generator -> generator.generateCertification(primary.key()));

    assertThat(revoked(PGPPublicKey.addCertification(with(certification(NOTHING)), revocation)))
        .isTrue();
  }

  @Test
  void of_subkeyBoundBothWays_maySignInTheNameOfThePrimary() throws PGPException {
    SigningKey key = bound(back(subkey));

    assertThat(key.unusable()).isEmpty();
    assertThat(key.signer()).isEqualTo(SigningKey.fingerprint(primary.key()));
    assertThat(key.terms()).hasSize(2);
  }

  @Test
  void of_subkeyThatDoesNotAgree_mayNot() throws PGPException {
    assertThat(bound(NOTHING).unusable()).contains("it does not own up to its primary key");
    assertThat(bound(back(stranger)).unusable()).contains("it does not own up to its primary key");
  }

  @Test
  void of_subkeyForEncryption_mayNot() throws PGPException {
    assertThat(bound(s -> s.setKeyFlags(false, KeyFlags.ENCRYPT_COMMS)).unusable())
        .contains("it is not meant for signing");
  }

  @Test
  void of_subkeyBoundByAnother_mayNot() throws PGPException {
    PGPSignature binding = binding(stranger, back(subkey));
    PGPPublicKey claimed = PGPPublicKey.addCertification(subkey.key(), binding);
    PGPPublicKeyRing ring = new PGPPublicKeyRing(List.of(with(certification(NOTHING)), claimed));

    assertThat(SigningKeys.of(ring).get(1).unusable())
        .contains("its primary key does not own up to it");
  }

  private PGPSignature certification(Consumer<PGPSignatureSubpacketGenerator> hashed)
      throws PGPException {
    return primary.sign(
        PGPSignature.POSITIVE_CERTIFICATION,
        0,
        hashed,
        generator -> generator.generateCertification(ID, primary.key()));
  }

  private PGPSignature direct(int after, Consumer<PGPSignatureSubpacketGenerator> hashed)
      throws PGPException {
    return primary.sign(
        PGPSignature.DIRECT_KEY,
        after,
        hashed,
        generator -> generator.generateCertification(primary.key()));
  }

  private PGPSignature binding(TestKey by, Consumer<PGPSignatureSubpacketGenerator> hashed)
      throws PGPException {
    return by.sign(
        PGPSignature.SUBKEY_BINDING,
        0,
        hashed,
        generator -> generator.generateCertification(primary.key(), subkey.key()));
  }

  /** Lets a key agree to be the subkey. */
  private Consumer<PGPSignatureSubpacketGenerator> back(TestKey by) throws PGPException {
    PGPSignature back =
        by.sign(
            PGPSignature.PRIMARYKEY_BINDING,
            0,
            NOTHING,
            generator -> generator.generateCertification(primary.key(), subkey.key()));
    return subpackets -> {
      try {
        subpackets.addEmbeddedSignature(true, back);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private SigningKey bound(Consumer<PGPSignatureSubpacketGenerator> hashed) throws PGPException {
    PGPPublicKey claimed = PGPPublicKey.addCertification(subkey.key(), binding(primary, hashed));
    return SigningKeys.of(new PGPPublicKeyRing(List.of(with(certification(NOTHING)), claimed)))
        .get(1);
  }

  private PGPPublicKey with(PGPSignature certification) {
    return PGPPublicKey.addCertification(primary.key(), ID, certification);
  }

  private static boolean revoked(PGPPublicKey key) {
    return only(key).terms().get(0).revoked();
  }

  private static SigningKey only(PGPPublicKey key) {
    return SigningKeys.of(new PGPPublicKeyRing(List.of(key))).get(0);
  }

  @Test
  void check_bounds_areExact() {
    KeyTerms terms =
        new KeyTerms("k", TestKey.START, Optional.of(TestKey.START.plusSeconds(10)), false);
    assertThat(refused(terms, TestKey.START, TestKey.START)).isEmpty();
    assertThat(refused(terms, TestKey.START.minusSeconds(1), TestKey.START)).isPresent();
    assertThat(refused(terms, TestKey.START, TestKey.START.plusSeconds(9))).isEmpty();
    assertThat(refused(terms, TestKey.START, TestKey.START.plusSeconds(10))).isPresent();
  }

  private static Optional<String> refused(KeyTerms terms, Instant made, Instant now) {
    try {
      terms.check(made, now);
      return Optional.empty();
    } catch (org.peal.crypto.Refusal e) {
      return Optional.ofNullable(e.getMessage());
    }
  }
}
