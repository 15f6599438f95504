package org.peal.crypto.x509;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.peal.crypto.EllipticKeys;
import org.peal.crypto.Fields;
import org.peal.crypto.KeyKind;
import org.peal.crypto.MessageVerifier;
import org.peal.crypto.Reason;
import org.peal.crypto.Refusal;
import org.peal.crypto.SchemeVerifier;
import org.peal.crypto.Sha256;
import org.peal.crypto.Signed;
import org.peal.crypto.Verdict;
import org.peal.json.CanonicalJson;
import org.peal.message.Scheme;

/**
 * Judges X.509 credentials, in this order: credential fields, certificate and its chain, signature,
 * signer's name. Thread-safe.
 */
public final class X509Verifier implements SchemeVerifier {

  /** What no signature covers. */
  private static final Set<String> CREDENTIALS = Set.of(Fields.SIGNATURE, Fields.CERTIFICATE);

  private final Supplier<TrustSnapshot> trust;
  private final Sha256 sha256;
  private final EllipticKeys elliptic;

  /**
   * Makes a verifier of what fedmsg knows, content with either digest.
   *
   * @param trust asked for every message; a {@link org.peal.Watched} follows its files
   */
  public X509Verifier(Supplier<TrustSnapshot> trust) {
    this(trust, Sha256.OFF, EllipticKeys.OFF);
  }

  /**
   * Makes a verifier that trusts what the supplier returns at each message.
   *
   * @param trust asked for every message; a {@link org.peal.Watched} follows its files
   * @param sha256 whether a message that rests on SHA-1 alone is refused
   * @param elliptic whether keys that fedmsg does not know are accepted
   */
  public X509Verifier(Supplier<TrustSnapshot> trust, Sha256 sha256, EllipticKeys elliptic) {
    this.trust = trust;
    this.sha256 = sha256;
    this.elliptic = elliptic;
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
    VerifyingKey key = requireAccepted(holder.key());
    Judged judged = new Judged(message, credentials.signature(), key);
    if (key.kind() == KeyKind.RSA) {
      requireRsa(judged, Sha256Member.find(message), trusted.signatures());
    } else {
      requireFit(judged, trusted.signatures());
    }
    return new Signed(
        requireName(holder), Verdict.Coverage.ENVELOPE, Optional.empty(), Optional.of(key.kind()));
  }

  /** A message, which is not changed, with its credentials. */
  private record Judged(ObjectNode message, byte[] signature, VerifyingKey key) {}

  private VerifyingKey requireAccepted(HolderKey key) throws Refusal {
    if (key instanceof UnusableKey unusable) {
      throw new Refusal(Reason.BAD_SIGNATURE, "the key of the certificate " + unusable.problem());
    }
    VerifyingKey verifying = (VerifyingKey) key;
    if (verifying.kind().isElliptic() && !elliptic.isAccepted()) {
      throw new Refusal(
          Reason.BAD_SIGNATURE,
          "the key of the certificate is "
              + verifying.kind().title()
              + ", not RSA; crypto.elliptic would have to accept it");
    }
    return verifying;
  }

  private void requireRsa(Judged judged, Optional<byte[]> member, Signatures signatures)
      throws Refusal {
    if (member.isPresent()) {
      // It covers all that the other one does, so that nothing depends on SHA-1 here.
      requireSha256(judged, member.get(), signatures);
    } else if (sha256.isRequired()) {
      throw new Refusal(
          Reason.SCHEME_REFUSED, "there is no peal-sha256 and SHA-1 does not suffice");
    } else {
      requireFit(judged, signatures);
    }
  }

  private static void requireFit(Judged judged, Signatures signatures) throws Refusal {
    Signatures.Algorithm algorithm = Signatures.Algorithm.of(judged.key().kind());
    byte[] text = CanonicalJson.write(judged.message(), CREDENTIALS);
    if (!signatures.verify(algorithm, judged.key(), text, judged.signature())) {
      throw new Refusal(
          Reason.BAD_SIGNATURE, "the signature does not fit the message and the certificate");
    }
  }

  private static void requireSha256(Judged judged, byte[] member, Signatures signatures)
      throws Refusal {
    ObjectNode signed = judged.message().objectNode();
    signed.setAll(judged.message());
    Sha256Member.remove(signed);
    byte[] text = CanonicalJson.write(signed, CREDENTIALS);
    if (!signatures.verify(Signatures.Algorithm.RSA_SHA256, judged.key(), text, member)) {
      throw new Refusal(
          Reason.BAD_SIGNATURE, "peal-sha256 does not fit the message and the certificate");
    }
  }

  private static String requireName(Judgement.Holder holder) throws Refusal {
    String name = holder.name();
    if (name == null) {
      throw Refusal.malformed("the subject of the certificate has no common name");
    }
    return name;
  }
}
