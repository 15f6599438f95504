package org.peal.crypto.gpg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.peal.crypto.Fields;
import org.peal.crypto.LenientBase64;
import org.peal.crypto.Reason;
import org.peal.crypto.Refusal;
import org.peal.crypto.SchemeVerifier;
import org.peal.crypto.Signed;
import org.peal.crypto.Verdict;
import org.peal.json.CanonicalJson;
import org.peal.message.Scheme;

/**
 * Judges GnuPG signatures over the body, in this order: field, packet, digest, key in the keyring,
 * what the key is good for, dates, revocation, signature. Thread-safe.
 *
 * <p>The signer's name is the fingerprint of the primary key. User ids do not matter: a key says
 * about itself what it likes.
 */
public final class GpgVerifier implements SchemeVerifier {

  /** Twenty times a signature of the largest RSA key in use, in base64. */
  static final int MAX_SIGNATURE_CHARS = 1 << 14;

  private final Supplier<Keyring> keyring;
  private final boolean sha1;

  /**
   * Makes a verifier.
   *
   * @param keyring asked for every message; a {@link org.peal.Watched} follows its files
   * @param sha1 whether signatures over SHA-1 are accepted
   */
  public GpgVerifier(Supplier<Keyring> keyring, boolean sha1) {
    this.keyring = keyring;
    this.sha1 = sha1;
  }

  @Override
  public Scheme scheme() {
    return Scheme.GPG;
  }

  @Override
  public Signed verify(ObjectNode message, Instant now) throws Refusal {
    BodySignature signature = BodySignature.parse(bytes(message));
    signature.requireAcceptable(sha1, now);
    SigningKey key = key(signature);
    key.requireUsable(signature.made(), now);
    if (!signature.fits(key.key(), signedText(message))) {
      throw new Refusal(
          Reason.BAD_SIGNATURE, "the signature does not fit the body and the key " + key.signer());
    }
    return new Signed(
        key.signer(), Verdict.Coverage.BODY, Optional.of(signature.made()), Optional.empty());
  }

  private static byte[] bytes(ObjectNode message) throws Refusal {
    if (!message.has(Fields.SIGNATURE) && !message.has(Fields.CERTIFICATE)) {
      throw new Refusal(Reason.UNSIGNED, "no signature");
    }
    String text = Fields.text(message, Fields.SIGNATURE);
    if (text.length() > MAX_SIGNATURE_CHARS) {
      throw Refusal.malformed(
          "signature of %d characters is longer than %d"
              .formatted(text.length(), MAX_SIGNATURE_CHARS));
    }
    return LenientBase64.decode(text, Fields.SIGNATURE);
  }

  private SigningKey key(BodySignature signature) throws Refusal {
    return keyring
        .get()
        .find(signature.signers())
        .orElseThrow(
            () ->
                new Refusal(
                    Reason.UNTRUSTED,
                    "no key in the keyring is "
                        + signature.signers().stream().map(KeyIdentifier::toPrettyPrint).toList()));
  }

  private static byte[] signedText(ObjectNode message) throws Refusal {
    JsonNode body = message.get("msg");
    if (body == null) {
      throw Refusal.malformed("no field \"msg\"");
    }
    return CanonicalJson.write(body);
  }
}
