package org.peal.doctor;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import org.peal.crypto.CryptoProvider;

/** Does Java let the bus have the digest that it signs with? */
final class SignatureAlgorithmCheck implements Check {

  private static final String ALGORITHM = "SHA1withRSA";
  private static final int BITS = 2048;

  @Override
  public String what() {
    return "signature algorithm";
  }

  @Override
  public boolean needsConfiguration() {
    return false;
  }

  @Override
  public void look(Patient patient, Findings findings) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      KeyPair keys = generator.generateKeyPair();
      tryOut(CryptoProvider.JDK, keys);
      tryOut(CryptoProvider.FAST, keys);
      findings.ok(ALGORITHM + ", which all nodes of the bus use, is allowed");
    } catch (GeneralSecurityException | RuntimeException e) {
      findings.fail(
          ALGORITHM + ", which all nodes of the bus use, does not work: " + e.getMessage(),
          "allow SHA-1 for this program in the security settings of the JDK or of the system"
              + " (on Fedora: update-crypto-policies --set DEFAULT:SHA1)");
    }
  }

  private static void tryOut(CryptoProvider provider, KeyPair keys)
      throws GeneralSecurityException {
    byte[] text = "peal".getBytes(StandardCharsets.US_ASCII);
    Signature signing = provider.signature(ALGORITHM);
    signing.initSign(keys.getPrivate());
    signing.update(text);
    byte[] signature = signing.sign();
    Signature verifying = provider.signature(ALGORITHM);
    verifying.initVerify(keys.getPublic());
    verifying.update(text);
    if (!verifying.verify(signature)) {
      throw new GeneralSecurityException("a good signature is refused");
    }
  }
}
