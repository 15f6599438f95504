package org.peal.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.peal.message.Scheme;

/** Tells how a message claims to be signed. Stateless. */
final class SchemeChoice {

  private SchemeChoice() {}

  /**
   * Returns what {@code crypto} names, or without it what the credential fields tell.
   *
   * @throws Refusal SCHEME_REFUSED if the name is unknown, UNSIGNED if there is nothing to tell by
   */
  static Scheme of(ObjectNode message) throws Refusal {
    JsonNode crypto = message.get(Fields.CRYPTO);
    return crypto == null ? guess(message) : named(crypto);
  }

  /** Old publishers do not say how they sign; the fields that are there tell. */
  private static Scheme guess(ObjectNode message) throws Refusal {
    if (message.has(Fields.CERTIFICATE)) {
      return Scheme.X509;
    }
    if (message.has(Fields.SIGNATURE)) {
      return Scheme.GPG;
    }
    throw new Refusal(Reason.UNSIGNED, "no signature and no certificate");
  }

  private static Scheme named(JsonNode crypto) throws Refusal {
    String name = crypto.isTextual() ? crypto.textValue() : "";
    if (name.equals(Fields.X509)) {
      return Scheme.X509;
    }
    if (name.equals(Fields.GPG)) {
      return Scheme.GPG;
    }
    throw new Refusal(
        Reason.SCHEME_REFUSED,
        "unknown scheme in \"crypto\": " + Details.excerpt(crypto.toString()));
  }
}
