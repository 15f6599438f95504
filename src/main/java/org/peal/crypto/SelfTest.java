package org.peal.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;

/** Compares a provider with the JDK, for what messages need. Stateless. */
final class SelfTest {

  private static final List<String> ALGORITHMS = List.of("SHA1withRSA", "SHA256withRSA");
  private static final byte[] TEXT = "peal".getBytes(StandardCharsets.US_ASCII);

  /** Small, for speed: the key signs nothing but this test. */
  private static final int BITS = 1024;

  private SelfTest() {}

  /**
   * Signs and verifies as the JDK does; signatures of this kind have only one right value.
   *
   * @throws Corretto.Unavailable if the provider does something else
   */
  static void run(Provider provider) throws Corretto.Unavailable {
    try {
      KeyPair keys = KeyKind.RSA.newKeys(BITS);
      for (String algorithm : ALGORITHMS) {
        compare(algorithm, keys, provider);
      }
    } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
      throw new Corretto.Unavailable(provider.getName() + " fails its test: " + e, e);
    }
  }

  /**
   * The same for Ed25519 and ECDSA on P-256, with keys as the provider makes them of others.
   * Signatures of ECDSA differ from each other, so each side verifies the other's.
   *
   * @throws Corretto.Unavailable if the provider does something else, or lacks one of them
   */
  static void runElliptic(Provider provider) throws Corretto.Unavailable {
    for (KeyKind kind : KeyKind.values()) {
      if (kind.isElliptic()) {
        runElliptic(kind, provider);
      }
    }
  }

  private static void runElliptic(KeyKind kind, Provider provider) throws Corretto.Unavailable {
    String algorithm = kind.signatureAlgorithm();
    try {
      KeyPair keys = kind.newKeys(BITS);
      Signature jdk = Signature.getInstance(algorithm);
      Signature tested = Signature.getInstance(algorithm, provider);
      KeyFactory factory = CryptoProvider.keyFactory(kind.keyAlgorithm(), provider);
      PublicKey key = (PublicKey) factory.translateKey(keys.getPublic());
      byte[] theirs = sign(tested, (PrivateKey) factory.translateKey(keys.getPrivate()));
      byte[] ours = sign(jdk, keys.getPrivate());
      boolean accepts = verify(jdk, keys.getPublic(), theirs) && verify(tested, key, ours);
      ours[ours.length - 1] ^= 1;
      if (!accepts || verify(tested, key, ours)) {
        throw wrong(provider, algorithm);
      }
    } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
      throw new Corretto.Unavailable(provider.getName() + " fails its test: " + e, e);
    }
  }

  private static Corretto.Unavailable wrong(Provider provider, String algorithm) {
    return new Corretto.Unavailable(
        provider.getName() + " computes wrong signatures of " + algorithm, null);
  }

  private static void compare(String algorithm, KeyPair keys, Provider provider)
      throws GeneralSecurityException, Corretto.Unavailable {
    KeyFactory factory = KeyFactory.getInstance("RSA", provider);
    byte[] expected = sign(Signature.getInstance(algorithm), keys.getPrivate());
    Signature tested = Signature.getInstance(algorithm, provider);
    byte[] found = sign(tested, (PrivateKey) factory.translateKey(keys.getPrivate()));
    PublicKey key = (PublicKey) factory.translateKey(keys.getPublic());
    boolean accepts = verify(tested, key, expected);
    expected[expected.length - 1] ^= 1;
    boolean refuses = !verify(tested, key, expected);
    expected[expected.length - 1] ^= 1;
    if (!Arrays.equals(found, expected) || !accepts || !refuses) {
      throw wrong(provider, algorithm);
    }
  }

  private static byte[] sign(Signature engine, PrivateKey key) throws GeneralSecurityException {
    engine.initSign(key);
    engine.update(TEXT);
    return engine.sign();
  }

  /** A signature that is out of range is refused with an exception by some. */
  private static boolean verify(Signature engine, PublicKey key, byte[] signature)
      throws GeneralSecurityException {
    engine.initVerify(key);
    engine.update(TEXT);
    try {
      return engine.verify(signature);
    } catch (java.security.SignatureException e) {
      return false;
    }
  }
}
