package org.peal.crypto.x509;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;
import org.peal.crypto.Fields;
import org.peal.crypto.Signer;
import org.peal.json.CanonicalJson;

/**
 * Signs messages as fedmsg does: RSA with SHA-1 over the canonical text. Thread-safe.
 *
 * <p>Nothing here or below it may use Bouncy Castle: the one-shot commands do not pay for loading
 * it.
 */
public final class X509Signer implements Signer {

  private final Supplier<OwnKeyPair> keys;

  /**
   * Makes a signer.
   *
   * @param keys asked for every message, so that a renewed pair takes effect
   */
  public X509Signer(Supplier<OwnKeyPair> keys) {
    this.keys = keys;
  }

  @Override
  public ObjectNode sign(ObjectNode unsigned) {
    Fields.requireUnsigned(unsigned);
    OwnKeyPair pair = keys.get();
    ObjectNode signed = unsigned.objectNode();
    signed.setAll(unsigned);
    signed.put(Fields.CRYPTO, Fields.X509);
    byte[] signature = Sha1Rsa.sign(pair.key(), CanonicalJson.write(signed));
    signed.put(Fields.CERTIFICATE, pair.certificate());
    signed.put(Fields.SIGNATURE, Base64Lines.encode(signature));
    return signed;
  }
}
