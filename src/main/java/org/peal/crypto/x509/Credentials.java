package org.peal.crypto.x509;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.peal.crypto.Fields;
import org.peal.crypto.LenientBase64;
import org.peal.crypto.Reason;
import org.peal.crypto.Refusal;

/**
 * The credentials of a message, not yet judged.
 *
 * @param signature the decoded bytes
 * @param certificate the text of the field as it is on the wire
 */
record Credentials(byte[] signature, String certificate) {

  /**
   * Takes the credentials out of a message.
   *
   * @throws Refusal UNSIGNED or MALFORMED
   */
  static Credentials of(ObjectNode message) throws Refusal {
    if (!message.has(Fields.SIGNATURE) && !message.has(Fields.CERTIFICATE)) {
      throw new Refusal(Reason.UNSIGNED, "no signature and no certificate");
    }
    String signature = Fields.text(message, Fields.SIGNATURE);
    byte[] bytes = LenientBase64.decode(signature, Fields.SIGNATURE);
    return new Credentials(bytes, Fields.text(message, Fields.CERTIFICATE));
  }
}
