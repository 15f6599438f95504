package org.peal.crypto.x509;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.SigningException;

/**
 * RSASSA-PKCS1-v1_5, computed by one provider. Thread-safe.
 *
 * <p>Keys are made ready for the provider once, since translating them costs more than using them.
 */
final class Rsa {

  /** What the text is reduced to before it is signed. */
  enum Digest {
    /** What every fedmsg node on the wire makes and expects. */
    SHA1("SHA1withRSA"),
    /** What the member {@code peal-sha256} holds. */
    SHA256("SHA256withRSA");

    private final String algorithm;

    Digest(String algorithm) {
      this.algorithm = algorithm;
    }
  }

  private final CryptoProvider provider;

  /** Looking an algorithm up costs more than verifying with it, so each thread keeps one. */
  private final Map<Digest, ThreadLocal<Signature>> engines = new EnumMap<>(Digest.class);

  Rsa(CryptoProvider provider) {
    this.provider = provider;
    for (Digest digest : Digest.values()) {
      engines.put(digest, ThreadLocal.withInitial(() -> engine(digest)));
    }
  }

  /** Returns a key that this provider signs with directly. */
  PrivateKey prepare(RSAPrivateKey key) {
    try {
      return (PrivateKey) provider.keyFactory("RSA").translateKey(key);
    } catch (GeneralSecurityException e) {
      throw new SigningException("the key cannot be used: " + e.getMessage(), e);
    }
  }

  /** Returns an encoded key that this provider verifies with directly, or null if not RSA. */
  @Nullable RSAPublicKey publicKey(byte[] keyInfo) {
    try {
      return (RSAPublicKey)
          provider.keyFactory("RSA").generatePublic(new X509EncodedKeySpec(keyInfo));
    } catch (GeneralSecurityException | RuntimeException e) {
      return null;
    }
  }

  byte[] sign(Digest digest, PrivateKey key, byte[] text) {
    ThreadLocal<Signature> own = own(digest);
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
  boolean verify(Digest digest, RSAPublicKey key, byte[] text, byte[] signature) {
    if (signature.length != (key.getModulus().bitLength() + 7) / 8) {
      return false;
    }
    ThreadLocal<Signature> own = own(digest);
    try {
      Signature engine = own.get();
      engine.initVerify(key);
      engine.update(text);
      return engine.verify(signature);
    } catch (GeneralSecurityException e) {
      own.remove();
      return false;
    }
  }

  private ThreadLocal<Signature> own(Digest digest) {
    return requireNonNull(engines.get(digest));
  }

  private Signature engine(Digest digest) {
    try {
      return provider.signature(digest.algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every provider in use has " + digest.algorithm, e);
    }
  }
}
