package org.peal.crypto.x509;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.peal.crypto.KeyKind;
import org.peal.json.CanonicalJson;
import org.peal.testing.TestPki;

/** Signed messages for tests. */
final class Messages {

  static final String TOPIC = "org.example.test.log";
  static final String UNSIGNED =
      "{\"topic\":\"org.example.test.log\",\"msg\":{\"a\":1},\"timestamp\":1700000000}";

  private Messages() {}

  static OwnKeyPair pair(TestPki.Identity identity) {
    String certificate = Base64Lines.encode(identity.pem().getBytes(US_ASCII));
    return new OwnKeyPair(kind(identity), identity.keys().getPrivate(), certificate);
  }

  private static KeyKind kind(TestPki.Identity identity) {
    return switch (identity.keys().getPrivate().getAlgorithm()) {
      case "RSA" -> KeyKind.RSA;
      case "EC" -> KeyKind.P256;
      default -> KeyKind.ED25519;
    };
  }

  static ObjectNode sign(TestPki.Identity identity, String unsigned) {
    OwnKeyPair pair = pair(identity);
    return new X509Signer(() -> pair).sign(FedmsgVectors.object(unsigned));
  }

  static byte[] signed(TestPki.Identity identity) {
    return bytes(sign(identity, UNSIGNED));
  }

  static byte[] bytes(ObjectNode message) {
    return CanonicalJson.write(message);
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
