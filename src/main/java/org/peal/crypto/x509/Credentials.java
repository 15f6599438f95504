package org.peal.crypto.x509;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peal.crypto.Reason;
import org.peal.message.Scheme;

/**
 * The credentials of a message, not yet judged.
 *
 * @param signature the decoded bytes
 * @param certificate the text of the field as it is on the wire
 */
record Credentials(byte[] signature, String certificate) {

  /**
   * Takes the credentials out of a message after a look at its scheme.
   *
   * @throws Refusal SCHEME_REFUSED, UNSIGNED or MALFORMED
   */
  static Credentials of(ObjectNode message, Set<Scheme> allowed) throws Refusal {
    JsonNode signature = message.get(Fields.SIGNATURE);
    JsonNode certificate = message.get(Fields.CERTIFICATE);
    requireAllowed(message.get(Fields.CRYPTO), signature, certificate, allowed);
    if (signature == null && certificate == null) {
      throw unsigned();
    }
    byte[] bytes = LenientBase64.decode(text(signature, Fields.SIGNATURE), Fields.SIGNATURE);
    return new Credentials(bytes, text(certificate, Fields.CERTIFICATE));
  }

  private static void requireAllowed(
      @Nullable JsonNode crypto,
      @Nullable JsonNode signature,
      @Nullable JsonNode certificate,
      Set<Scheme> allowed)
      throws Refusal {
    Scheme scheme = crypto == null ? guess(signature, certificate) : named(crypto);
    if (scheme != Scheme.X509 || !allowed.contains(scheme)) {
      throw refused(scheme.name().toLowerCase(Locale.ROOT) + " signatures are not allowed");
    }
  }

  /** Old publishers do not say how they sign; the fields that are there tell. */
  private static Scheme guess(@Nullable JsonNode signature, @Nullable JsonNode certificate)
      throws Refusal {
    if (certificate != null) {
      return Scheme.X509;
    }
    if (signature != null) {
      return Scheme.GPG;
    }
    throw unsigned();
  }

  private static Scheme named(JsonNode crypto) throws Refusal {
    String name = crypto.isTextual() ? crypto.textValue() : "";
    if (name.equals(Fields.X509)) {
      return Scheme.X509;
    }
    if (name.equals(Fields.GPG)) {
      return Scheme.GPG;
    }
    throw refused("unknown scheme in \"crypto\": " + Details.excerpt(crypto.toString()));
  }

  private static String text(@Nullable JsonNode field, String name) throws Refusal {
    if (field == null) {
      throw Refusal.malformed("no field \"" + name + "\"");
    }
    if (!field.isTextual()) {
      throw Refusal.malformed("field \"" + name + "\" is not a string");
    }
    return field.textValue();
  }

  private static Refusal unsigned() {
    return new Refusal(Reason.UNSIGNED, "no signature and no certificate");
  }

  private static Refusal refused(String detail) {
    return new Refusal(Reason.SCHEME_REFUSED, detail);
  }
}
