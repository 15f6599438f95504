package org.peal.crypto.x509;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.EnumMap;
import java.util.Map;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.KeyKind;
import org.peal.crypto.SigningException;

/**
 * Signatures of messages, computed by one provider. Thread-safe.
 *
 * <p>Keys are made ready for the provider once, since translating them costs more than using them.
 */
final class Signatures {

  /** How a text is signed. */
  enum Algorithm {
    /** What every fedmsg node on the wire makes and expects. */
    RSA_SHA1(KeyKind.RSA.signatureAlgorithm()),
    /** What the member {@code peal-sha256} holds. */
    RSA_SHA256("SHA256withRSA"),
    ED25519(KeyKind.ED25519.signatureAlgorithm()),
    P256_SHA256(KeyKind.P256.signatureAlgorithm());

    private final String javaName;

    Algorithm(String javaName) {
      this.javaName = javaName;
    }

    /** Returns how the member {@code signature} is made with a key. */
    static Algorithm of(KeyKind kind) {
      return switch (kind) {
        case RSA -> RSA_SHA1;
        case ED25519 -> ED25519;
        case P256 -> P256_SHA256;
      };
    }
  }

  private final CryptoProvider provider;

  /** Looking an algorithm up costs more than verifying with it, so each thread keeps one. */
  private final Map<Algorithm, ThreadLocal<Signature>> engines = new EnumMap<>(Algorithm.class);

  Signatures(CryptoProvider provider) {
    this.provider = provider;
    for (Algorithm algorithm : Algorithm.values()) {
      engines.put(algorithm, ThreadLocal.withInitial(() -> engine(algorithm)));
    }
  }

  /** Returns a key that this provider signs with directly. */
  PrivateKey prepare(KeyKind kind, PrivateKey key) {
    try {
      return (PrivateKey) factory(kind).translateKey(key);
    } catch (InvalidKeyException e) {
      throw new SigningException("the key cannot be used: " + e.getMessage(), e);
    }
  }

  /** Returns what reads keys of a kind into objects that this provider uses directly. */
  KeyFactory factory(KeyKind kind) {
    try {
      return provider.keyFactory(kind.keyAlgorithm());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every provider in use has " + kind.title(), e);
    }
  }

  byte[] sign(Algorithm algorithm, PrivateKey key, byte[] text) {
    ThreadLocal<Signature> own = own(algorithm);
    try {
      Signature engine = own.get();
      engine.initSign(key);
      engine.update(text);
      return engine.sign();
    } catch (GeneralSecurityException e) {
      own.remove();
      throw new SigningException("the key cannot sign: " + e.getMessage(), e);
    }
  }

  /** Tells whether a signature fits; whatever is wrong with it or the key, it does not. */
  boolean verify(Algorithm algorithm, VerifyingKey key, byte[] text, byte[] signature) {
    if (!key.canHaveMade(signature)) {
      return false;
    }
    ThreadLocal<Signature> own = own(algorithm);
    try {
      Signature engine = own.get();
      engine.initVerify(key.key());
      engine.update(text);
      return engine.verify(signature);
    } catch (GeneralSecurityException e) {
      own.remove();
      return false;
    }
  }

  private ThreadLocal<Signature> own(Algorithm algorithm) {
    return requireNonNull(engines.get(algorithm));
  }

  private Signature engine(Algorithm algorithm) {
    try {
      return provider.signature(algorithm.javaName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every provider in use has " + algorithm.javaName, e);
    }
  }
}
