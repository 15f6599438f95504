package org.peal.crypto.gpg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.function.Supplier;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.peal.crypto.Fields;
import org.peal.crypto.Refusal;
import org.peal.crypto.Signer;
import org.peal.crypto.SigningException;
import org.peal.json.CanonicalJson;

/**
 * Signs messages as fedmsg does with GnuPG: a detached signature over the canonical text of the
 * body, and of nothing else. Thread-safe.
 */
public final class GpgSigner implements Signer {

  /** Long enough for every key, and known to every GnuPG. */
  private static final int DIGEST = HashAlgorithmTags.SHA512;

  private final Supplier<OwnKey> keys;
  private final InstantSource clock;

  /**
   * Makes a signer.
   *
   * @param keys asked for every message, so that a renewed key takes effect
   * @param clock tells when signatures are made
   */
  public GpgSigner(Supplier<OwnKey> keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public ObjectNode sign(ObjectNode unsigned) {
    Fields.requireUnsigned(unsigned);
    JsonNode body = unsigned.get("msg");
    if (body == null) {
      throw new SigningException("message has no field \"msg\", which is what GnuPG signs", null);
    }
    byte[] signature = sign(keys.get(), CanonicalJson.write(body));
    ObjectNode signed = unsigned.objectNode();
    signed.setAll(unsigned);
    signed.put(Fields.CRYPTO, Fields.GPG);
    signed.put(Fields.SIGNATURE, Base64.getEncoder().encodeToString(signature));
    return signed;
  }

  private byte[] sign(OwnKey own, byte[] text) {
    Instant now = clock.instant();
    try {
      own.known().requireUsable(now, now);
      return signature(own, text, now).getEncoded();
    } catch (Refusal | PGPException | IOException e) {
      throw new SigningException("the key cannot sign: " + e.getMessage(), e);
    }
  }

  private static PGPSignature signature(OwnKey own, byte[] text, Instant now) throws PGPException {
    PGPPublicKey key = own.known().key();
    PGPSignatureGenerator generator =
        new PGPSignatureGenerator(new BcPGPContentSignerBuilder(key.getAlgorithm(), DIGEST), key);
    generator.init(PGPSignature.BINARY_DOCUMENT, own.secret());
    PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
    hashed.setSignatureCreationTime(false, Date.from(now));
    hashed.setIssuerFingerprint(false, key);
    generator.setHashedSubpackets(hashed.generate());
    PGPSignatureSubpacketGenerator hint = new PGPSignatureSubpacketGenerator();
    hint.setIssuerKeyID(false, key.getKeyID());
    generator.setUnhashedSubpackets(hint.generate());
    generator.update(text);
    return generator.generate();
  }
}
