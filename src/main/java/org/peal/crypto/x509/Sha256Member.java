package org.peal.crypto.x509;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.peal.crypto.Reason;
import org.peal.crypto.Refusal;
import org.peal.crypto.SigningException;
import org.peal.message.PealHeaders;

/**
 * The signature with SHA-256 that Peal puts among the headers of a message. Stateless.
 *
 * @see <a href="../../../../../../docs/wire-format.md">wire format, members of our own</a>
 */
final class Sha256Member {

  private Sha256Member() {}

  /**
   * Puts the member into a message.
   *
   * @param message without credentials, owned by the caller; the table of headers that it holds is
   *     not changed but replaced by a copy
   * @param signature signs what it is given
   */
  static void add(ObjectNode message, Function<ObjectNode, byte[]> signature) {
    JsonNode before = message.path(PealHeaders.FIELD);
    if (!(before.isObject() || before.isNull() || before.isMissingNode())) {
      throw new SigningException(
          "field \"headers\" must be an object to hold peal-sha256, not a "
              + before.getNodeType().name().toLowerCase(Locale.ROOT),
          null);
    }
    if (before.has(PealHeaders.SHA256)) {
      throw new SigningException("message already has the header peal-sha256", null);
    }
    ObjectNode headers = message.objectNode();
    if (before instanceof ObjectNode table) {
      headers.setAll(table);
    }
    message.set(PealHeaders.FIELD, headers);
    headers.put(PealHeaders.SHA256, Base64.getEncoder().encodeToString(signature.apply(message)));
  }

  /**
   * Returns the signature that a message holds, empty if it has none.
   *
   * @throws Refusal BAD_SIGNATURE if there is something else in its place
   */
  static Optional<byte[]> find(ObjectNode message) throws Refusal {
    JsonNode found = message.path(PealHeaders.FIELD).get(PealHeaders.SHA256);
    return found == null ? Optional.empty() : Optional.of(decode(found.textValue()));
  }

  private static byte[] decode(@Nullable String text) throws Refusal {
    try {
      if (text != null) {
        return Base64.getDecoder().decode(text);
      }
    } catch (IllegalArgumentException e) {
      // not base64: told below
    }
    throw new Refusal(Reason.BAD_SIGNATURE, "peal-sha256 is not base64 on one line");
  }

  /** Takes the member out of a text that is to be signed; {@code text} is owned by the caller. */
  static void remove(ObjectNode text) {
    if (text.get(PealHeaders.FIELD) instanceof ObjectNode table) {
      ObjectNode headers = text.objectNode();
      headers.setAll(table);
      headers.remove(PealHeaders.SHA256);
      text.set(PealHeaders.FIELD, headers);
    }
  }
}
