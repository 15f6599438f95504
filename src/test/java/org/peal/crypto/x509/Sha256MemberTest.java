package org.peal.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.EllipticKeys;
import org.peal.crypto.MessageVerifier;
import org.peal.crypto.Reason;
import org.peal.crypto.Sha256;
import org.peal.crypto.SigningException;
import org.peal.crypto.Verdict;
import org.peal.json.CanonicalJson;
import org.peal.testing.TestPki;

/** Making and checking {@code peal-sha256} as {@code docs/wire-format.md} tells. */
class Sha256MemberTest {

  private static final String WITH_HEADERS =
      "{\"topic\":\"a.b\",\"msg\":{\"x\":1},\"headers\":{\"other\":\"y\"},\"seq_id\":7}";

  private final TestPki pki = new TestPki();
  private final TestPki.Identity root = pki.root("Root");
  private final TestPki.Identity identity = root.issue("signer");
  private final X509Signer signer =
      new X509Signer(() -> Messages.pair(identity), CryptoProvider.JDK, true);

  @TempDir Path folder;
  private TrustSnapshot trust;

  @BeforeEach
  void trustRoot() {
    trust =
        new TrustFiles(TestPki.writeText(folder.resolve("ca.crt"), root.pem()), Optional.empty())
            .load();
  }

  private Optional<Reason> judge(ObjectNode message, Sha256 use) {
    Verdict verdict =
        MessageVerifier.builder()
            .allow(new X509Verifier(() -> trust, use, EllipticKeys.OFF))
            .clock(InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)))
            .build()
            .verify(CanonicalJson.write(message), null)
            .verdict();
    return verdict.fold(valid -> Optional.empty(), invalid -> Optional.of(invalid.reason()));
  }

  @ParameterizedTest
  @ValueSource(strings = {WITH_HEADERS, "{\"topic\":\"a.b\",\"msg\":{},\"headers\":null}"})
  void sign_member_coversTheTextWithoutItself(String unsigned) throws Exception {
    ObjectNode signed = signer.sign(FedmsgVectors.object(unsigned));

    ObjectNode text = signed.deepCopy();
    text.remove("signature");
    text.remove("certificate");
    JsonNode member = ((ObjectNode) text.get("headers")).remove("peal-sha256");
    Signature engine = Signature.getInstance("SHA256withRSA");
    engine.initVerify(identity.keys().getPublic());
    engine.update(CanonicalJson.write(text));
    assertThat(engine.verify(Base64.getDecoder().decode(member.textValue()))).isTrue();
    assertThat(judge(signed, Sha256.OFF)).isEmpty();
    assertThat(judge(signed, Sha256.REQUIRE)).isEmpty();
  }

  @Test
  void sign_member_isUnderTheSha1SignatureAndTheInputStays() {
    ObjectNode unsigned = FedmsgVectors.object(WITH_HEADERS);
    ObjectNode before = unsigned.deepCopy();

    ObjectNode signed = signer.sign(unsigned);

    assertThat(unsigned).isEqualTo(before);
    // Whoever takes the member away has a message of SHA-1 alone, and that does not fit.
    ((ObjectNode) signed.get("headers")).remove("peal-sha256");
    assertThat(judge(signed, Sha256.OFF)).contains(Reason.BAD_SIGNATURE);
  }

  @Test
  void verify_member_needsNoSha1() {
    ObjectNode signed = signer.sign(FedmsgVectors.object(WITH_HEADERS));
    signed.put("signature", "AAAA");
    assertThat(judge(signed, Sha256.REQUIRE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"AAAA\"", "\"\"", "\"!\"", "\"\\u00e9\"", "null", "1", "{}"})
  void verify_wrongMember_badSignature(String member) {
    ObjectNode unsigned = FedmsgVectors.object(WITH_HEADERS);
    ((ObjectNode) unsigned.get("headers"))
        .set("peal-sha256", FedmsgVectors.object("{\"x\":" + member + "}").get("x"));
    OwnKeyPair pair = Messages.pair(identity);
    // Its SHA-1 signature is good.
    ObjectNode signed = new X509Signer(() -> pair).sign(unsigned);
    assertThat(judge(signed, Sha256.OFF)).contains(Reason.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"topic", "msg", "seq_id", "headers"})
  void verify_changedMember_badSignature(String field) {
    ObjectNode signed = signer.sign(FedmsgVectors.object(WITH_HEADERS));
    if (field.equals("headers")) {
      ((ObjectNode) signed.get(field)).put("other", "z");
    } else {
      signed.put(field, "z");
    }
    assertThat(judge(signed, Sha256.OFF)).contains(Reason.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @EnumSource(Sha256.class)
  void verify_withoutMember_refusedOnlyWhenRequired(Sha256 use) {
    ObjectNode signed = Messages.sign(identity, Messages.UNSIGNED);
    assertThat(judge(signed, use))
        .isEqualTo(use == Sha256.REQUIRE ? Optional.of(Reason.SCHEME_REFUSED) : Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"headers\":[]}", "{\"headers\":{\"peal-sha256\":\"x\"}}"})
  void sign_noRoomForMember_refused(String unsigned) {
    assertThatExceptionOfType(SigningException.class)
        .isThrownBy(() -> signer.sign(FedmsgVectors.object(unsigned)))
        .withMessageContaining("peal-sha256");
  }
}
