package org.peal.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.peal.json.CanonicalJson;

/** The hash of what a message says: its topic and its body, however it came. Stateless. */
public final class ContentHash {

  private ContentHash() {}

  /** Returns the hash in hexadecimal digits. */
  public static String of(JsonNode topic, JsonNode body) {
    ObjectNode said = JsonNodeFactory.instance.objectNode();
    said.set("topic", topic);
    said.set("msg", body);
    return HexFormat.of().formatHex(sha256(CanonicalJson.write(said)));
  }

  /** Returns the SHA-256 of some bytes. */
  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
