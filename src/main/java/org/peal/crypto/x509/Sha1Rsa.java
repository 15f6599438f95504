package org.peal.crypto.x509;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import org.peal.crypto.SigningException;

/**
 * RSASSA-PKCS1-v1_5 with SHA-1, by whatever provider the JDK prefers. Thread-safe.
 *
 * <p>SHA-1 is what every fedmsg node on the wire makes and expects.
 */
final class Sha1Rsa {

  /** Looking an algorithm up costs more than verifying with it, so each thread keeps one. */
  private static final ThreadLocal<Signature> ENGINES = ThreadLocal.withInitial(Sha1Rsa::engine);

  private Sha1Rsa() {}

  static byte[] sign(RSAPrivateKey key, byte[] text) {
    try {
      Signature engine = ENGINES.get();
      engine.initSign(key);
      engine.update(text);
      return engine.sign();
    } catch (GeneralSecurityException e) {
      ENGINES.remove();
      throw new SigningException("the key cannot sign: " + e.getMessage(), e);
    }
  }

  /** Tells whether a signature fits; whatever is wrong with it or the key, it does not. */
  static boolean verify(RSAPublicKey key, byte[] text, byte[] signature) {
    if (signature.length != (key.getModulus().bitLength() + 7) / 8) {
      return false;
    }
    try {
      Signature engine = ENGINES.get();
      engine.initVerify(key);
      engine.update(text);
      return engine.verify(signature);
    } catch (GeneralSecurityException e) {
      ENGINES.remove();
      return false;
    }
  }

  private static Signature engine() {
    try {
      return Signature.getInstance("SHA1withRSA");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA1withRSA", e);
    }
  }
}
