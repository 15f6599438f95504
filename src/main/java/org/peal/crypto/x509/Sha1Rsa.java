package org.peal.crypto.x509;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.SigningException;

/**
 * RSASSA-PKCS1-v1_5 with SHA-1, computed by one provider. Thread-safe.
 *
 * <p>SHA-1 is what every fedmsg node on the wire makes and expects. Keys are made ready for the
 * provider once, since translating them costs more than using them.
 */
final class Sha1Rsa {

  private final CryptoProvider provider;

  /** Looking an algorithm up costs more than verifying with it, so each thread keeps one. */
  private final ThreadLocal<Signature> engines = ThreadLocal.withInitial(this::engine);

  Sha1Rsa(CryptoProvider provider) {
    this.provider = provider;
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

  byte[] sign(PrivateKey key, byte[] text) {
    try {
      Signature engine = engines.get();
      engine.initSign(key);
      engine.update(text);
      return engine.sign();
    } catch (GeneralSecurityException e) {
      engines.remove();
      throw new SigningException("the key cannot sign: " + e.getMessage(), e);
    }
  }

  /** Tells whether a signature fits; whatever is wrong with it or the key, it does not. */
  boolean verify(RSAPublicKey key, byte[] text, byte[] signature) {
    if (signature.length != (key.getModulus().bitLength() + 7) / 8) {
      return false;
    }
    try {
      Signature engine = engines.get();
      engine.initVerify(key);
      engine.update(text);
      return engine.verify(signature);
    } catch (GeneralSecurityException e) {
      engines.remove();
      return false;
    }
  }

  private Signature engine() {
    try {
      return provider.signature("SHA1withRSA");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every provider in use has SHA1withRSA", e);
    }
  }
}
