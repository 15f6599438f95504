package org.peal.crypto.x509;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peal.crypto.Fields;
import org.peal.crypto.MessageVerifier;
import org.peal.crypto.Reason;
import org.peal.crypto.Refusal;
import org.peal.crypto.SchemeVerifier;
import org.peal.crypto.Signed;
import org.peal.crypto.Verdict;
import org.peal.json.CanonicalJson;
import org.peal.message.Scheme;

/**
 * Judges X.509 credentials, in this order: credential fields, certificate and its chain, signature,
 * signer's name. Thread-safe.
 */
public final class X509Verifier implements SchemeVerifier {

  private final Supplier<TrustSnapshot> trust;
  private final boolean sha256Required;

  /**
   * Makes a verifier that trusts what the supplier returns at each message and is content with
   * either digest.
   *
   * @param trust asked for every message; a {@link org.peal.Watched} follows its files
   */
  public X509Verifier(Supplier<TrustSnapshot> trust) {
    this(trust, false);
  }

  /**
   * Makes a verifier that trusts what the supplier returns at each message.
   *
   * @param trust asked for every message; a {@link org.peal.Watched} follows its files
   * @param sha256Required whether a message without {@code peal-sha256} is refused
   */
  public X509Verifier(Supplier<TrustSnapshot> trust, boolean sha256Required) {
    this.trust = trust;
    this.sha256Required = sha256Required;
  }

  /** Starts a verifier of messages that allows this scheme alone. */
  public static MessageVerifier.Builder builder(Supplier<TrustSnapshot> trust) {
    return MessageVerifier.builder().allow(new X509Verifier(trust));
  }

  @Override
  public Scheme scheme() {
    return Scheme.X509;
  }

  @Override
  public Signed verify(ObjectNode message, Instant now) throws Refusal {
    Credentials credentials = Credentials.of(message);
    TrustSnapshot trusted = trust.get();
    Judgement.Holder holder = trusted.judge(credentials.certificate(), now).holder();
    requireSigned(message, credentials.signature(), holder.key(), trusted.rsa());
    return new Signed(requireName(holder), Verdict.Coverage.ENVELOPE, Optional.empty());
  }

  private void requireSigned(
      ObjectNode message, byte[] signature, @Nullable RSAPublicKey key, Rsa rsa) throws Refusal {
    if (key == null) {
      throw new Refusal(Reason.BAD_SIGNATURE, "the certificate's key is not a usable RSA key");
    }
    ObjectNode text = signedText(message);
    Optional<byte[]> sha256 = Sha256Member.find(message);
    if (sha256.isPresent()) {
      // It covers all that the other one does, so that nothing depends on SHA-1 here.
      requireSha256(text, sha256.get(), key, rsa);
    } else if (sha256Required) {
      throw new Refusal(
          Reason.SCHEME_REFUSED, "there is no peal-sha256 and SHA-1 does not suffice");
    } else if (!rsa.verify(Rsa.Digest.SHA1, key, CanonicalJson.write(text), signature)) {
      throw new Refusal(
          Reason.BAD_SIGNATURE, "the signature does not fit the message and the certificate");
    }
  }

  private static void requireSha256(ObjectNode text, byte[] signature, RSAPublicKey key, Rsa rsa)
      throws Refusal {
    Sha256Member.remove(text);
    if (!rsa.verify(Rsa.Digest.SHA256, key, CanonicalJson.write(text), signature)) {
      throw new Refusal(
          Reason.BAD_SIGNATURE, "peal-sha256 does not fit the message and the certificate");
    }
  }

  /** Returns what is signed, owned by the caller; its members belong to the message. */
  private static ObjectNode signedText(ObjectNode message) {
    ObjectNode signed = message.objectNode();
    signed.setAll(message);
    signed.remove(Fields.SIGNATURE);
    signed.remove(Fields.CERTIFICATE);
    return signed;
  }

  private static String requireName(Judgement.Holder holder) throws Refusal {
    String name = holder.name();
    if (name == null) {
      throw Refusal.malformed("the subject of the certificate has no common name");
    }
    return name;
  }
}
