package org.peal.crypto.x509;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.security.PrivateKey;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Fields;
import org.peal.crypto.KeyKind;
import org.peal.crypto.Signer;
import org.peal.crypto.SigningException;
import org.peal.json.CanonicalJson;

/**
 * Signs messages as fedmsg does: RSA with SHA-1 over the canonical text; on demand it puts a
 * signature with SHA-256 under the first one. With a key of another kind it signs as that kind
 * does, once, since nothing then depends on SHA-1. Thread-safe.
 *
 * <p>Nothing here or below it may use Bouncy Castle: the one-shot commands do not pay for loading
 * it.
 */
public final class X509Signer implements Signer {

  private final Supplier<OwnKeyPair> keys;
  private final Signatures signatures;
  private final boolean sha256;
  private volatile @Nullable Prepared prepared;

  /**
   * A key pair made ready.
   *
   * @param key for the provider
   * @param certificate its value in a canonical text
   */
  private record Prepared(OwnKeyPair pair, PrivateKey key, byte[] certificate) {}

  /**
   * Makes a signer for a few messages, which the JDK signs.
   *
   * @param keys asked for every message, so that a renewed pair takes effect
   */
  public X509Signer(Supplier<OwnKeyPair> keys) {
    this(keys, CryptoProvider.JDK, false);
  }

  /**
   * Makes a signer.
   *
   * @param keys asked for every message, so that a renewed pair takes effect
   * @param provider computes the signatures
   * @param sha256 whether messages signed with RSA get {@code peal-sha256} as well
   */
  public X509Signer(Supplier<OwnKeyPair> keys, CryptoProvider provider, boolean sha256) {
    this.keys = keys;
    this.signatures = new Signatures(provider);
    this.sha256 = sha256;
  }

  @Override
  public ObjectNode sign(ObjectNode unsigned) {
    Prepared own = prepared(keys.get());
    ObjectNode signed = covered(unsigned, own);
    byte[] signature = signature(Signatures.Algorithm.of(own.pair().kind()), own, signed);
    // In the original's order, for whoever compares texts that are not canonical.
    signed.put(Fields.SIGNATURE, Base64Lines.encode(signature));
    signed.put(Fields.CERTIFICATE, own.pair().certificate());
    return signed;
  }

  /** {@inheritDoc} What the signature covers is written once; the credentials are put into it. */
  @Override
  public byte[] signedText(ObjectNode unsigned) {
    Prepared own = prepared(keys.get());
    ObjectNode covered = covered(unsigned, own);
    byte[] text = CanonicalJson.write(covered);
    byte[] signature = signatures.sign(Signatures.Algorithm.of(own.pair().kind()), own.key(), text);
    byte[] value = CanonicalJson.write(TextNode.valueOf(Base64Lines.encode(signature)));
    byte[] withSignature = CanonicalJson.insert(text, covered, Fields.SIGNATURE, value);
    return CanonicalJson.insert(
        withSignature, covered.put(Fields.SIGNATURE, ""), Fields.CERTIFICATE, own.certificate());
  }

  /** Returns a copy of a message with all that its signature covers. */
  private ObjectNode covered(ObjectNode unsigned, Prepared own) {
    Fields.requireUnsigned(unsigned);
    ObjectNode covered = unsigned.objectNode();
    covered.setAll(unsigned);
    covered.put(Fields.CRYPTO, Fields.X509);
    if (sha256 && own.pair().kind() == KeyKind.RSA) {
      Sha256Member.add(covered, text -> signature(Signatures.Algorithm.RSA_SHA256, own, text));
    }
    return covered;
  }

  /** Computes a signature of nothing: the first one takes many times as long as any later one. */
  @Override
  public void warmUp() {
    try {
      Prepared own = prepared(keys.get());
      signatures.sign(Signatures.Algorithm.of(own.pair().kind()), own.key(), new byte[0]);
    } catch (SigningException e) {
      // The first message that is signed says it.
      return;
    }
  }

  private byte[] signature(Signatures.Algorithm algorithm, Prepared own, ObjectNode text) {
    return signatures.sign(algorithm, own.key(), CanonicalJson.write(text));
  }

  private Prepared prepared(OwnKeyPair pair) {
    Prepared current = prepared;
    if (current == null || current.pair() != pair) {
      current =
          new Prepared(
              pair,
              signatures.prepare(pair.kind(), pair.key()),
              CanonicalJson.write(TextNode.valueOf(pair.certificate())));
      prepared = current;
    }
    return current;
  }
}
