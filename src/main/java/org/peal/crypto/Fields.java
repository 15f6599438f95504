package org.peal.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The members of a message that carry or name its credentials. Stateless. */
public final class Fields {

  /** Names the scheme. */
  public static final String CRYPTO = "crypto";

  /** Base64 of the signature. */
  public static final String SIGNATURE = "signature";

  /** Base64 of the signer's certificate; X.509 only. */
  public static final String CERTIFICATE = "certificate";

  /** A value of {@link #CRYPTO}. */
  public static final String X509 = "x509";

  /** A value of {@link #CRYPTO}. */
  public static final String GPG = "gpg";

  private Fields() {}

  /**
   * Returns the text of a member.
   *
   * @throws Refusal MALFORMED if it is missing or not a string
   */
  public static String text(ObjectNode message, String name) throws Refusal {
    JsonNode field = message.get(name);
    if (field == null) {
      throw Refusal.malformed("no field \"" + name + "\"");
    }
    if (!field.isTextual()) {
      throw Refusal.malformed("field \"" + name + "\" is not a string");
    }
    return field.textValue();
  }

  /**
   * Checks that a message that is to be signed is not signed yet.
   *
   * @throws SigningException if it has a credential field
   */
  public static void requireUnsigned(ObjectNode message) {
    for (String field : new String[] {SIGNATURE, CERTIFICATE}) {
      if (message.has(field)) {
        throw new SigningException("message already has the field \"" + field + "\"", null);
      }
    }
  }
}
