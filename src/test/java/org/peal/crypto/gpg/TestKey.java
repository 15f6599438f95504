package org.peal.crypto.gpg;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.SignatureSubpacket;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** An Ed25519 key that signs whatever is asked, also what {@code gpg} never would. */
record TestKey(PGPKeyPair pair) {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Something that a test signs. */
  interface Act {
    PGPSignature by(PGPSignatureGenerator generator) throws PGPException;
  }

  static TestKey primary() throws PGPException {
    Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
    generator.init(new Ed25519KeyGenerationParameters(new SecureRandom()));
    return new TestKey(
        new BcPGPKeyPair(
            Rules.VERSION,
            PublicKeyAlgorithmTags.EDDSA_LEGACY,
            generator.generateKeyPair(),
            Date.from(START)));
  }

  static TestKey subkey() throws PGPException {
    return new TestKey(primary().pair().asSubkey(new BcKeyFingerprintCalculator()));
  }

  PGPPublicKey key() {
    return pair.getPublicKey();
  }

  /** Makes a signature of a type, so many seconds after the start. */
  PGPSignature sign(int type, int after, Consumer<PGPSignatureSubpacketGenerator> hashed, Act act)
      throws PGPException {
    PGPSignatureGenerator generator =
        new PGPSignatureGenerator(
            new BcPGPContentSignerBuilder(key().getAlgorithm(), HashAlgorithmTags.SHA256), key());
    generator.init(type, pair.getPrivateKey());
    PGPSignatureSubpacketGenerator subpackets = new PGPSignatureSubpacketGenerator();
    subpackets.setSignatureCreationTime(false, Date.from(START.plusSeconds(after)));
    subpackets.setIssuerKeyID(false, key().getKeyID());
    hashed.accept(subpackets);
    generator.setHashedSubpackets(subpackets.generate());
    return act.by(generator);
  }

  /** What another key says to let this one revoke it. */
  SignatureSubpacket asRevoker() {
    byte[] fingerprint = key().getFingerprint();
    byte[] data = new byte[fingerprint.length + 2];
    data[0] = (byte) 0x80;
    data[1] = (byte) key().getAlgorithm();
    System.arraycopy(fingerprint, 0, data, 2, fingerprint.length);
    return new SignatureSubpacket(SignatureSubpacketTags.REVOCATION_KEY, true, false, data) {};
  }

  /** A critical subpacket of a type that nobody knows. */
  static SignatureSubpacket unknown() {
    return new SignatureSubpacket(99, true, false, new byte[] {1}) {};
  }
}
