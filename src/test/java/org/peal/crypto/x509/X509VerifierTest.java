package org.peal.crypto.x509;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.KeyKind;
import org.peal.crypto.MessageVerifier;
import org.peal.crypto.Reason;
import org.peal.crypto.RoutingPolicy;
import org.peal.crypto.Verdict;
import org.peal.crypto.Verified;
import org.peal.json.CanonicalJson;
import org.peal.json.JsonLimits;
import org.peal.message.Scheme;
import org.peal.testing.TestPki;

class X509VerifierTest {

  /** The timestamp of {@link Messages#UNSIGNED}. */
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  private final TestPki pki = new TestPki();
  private final TestPki.Identity root = pki.root("Root");
  private final TestPki.Identity signer = root.issue("signer");
  private final TestPki.Identity stranger = pki.root("Other").issue("stranger");

  @TempDir Path folder;
  private TrustSnapshot trust;
  private MessageVerifier verifier;

  @BeforeEach
  void trustRoot() {
    Path ca = TestPki.writeText(folder.resolve("ca.crt"), root.pem());
    trust = new TrustFiles(ca, Optional.empty()).load();
    verifier = builder().build();
  }

  private MessageVerifier.Builder builder() {
    return X509Verifier.builder(() -> trust).clock(InstantSource.fixed(NOW));
  }

  @Test
  void verify_signed_validWithTree() {
    ObjectNode message = Messages.sign(signer, Messages.UNSIGNED);

    Verified verified = verifier.verify(Messages.bytes(message), null);

    assertThat(verified.verdict())
        .isEqualTo(
            new Verdict.Valid(
                "signer", Scheme.X509, Verdict.Coverage.ENVELOPE, Optional.of(KeyKind.RSA)));
    assertThat(verified.tree()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "1", "null", "\"x\"", "{}x", "\u00ff"})
  void verify_notAnObject_malformed(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    assertThat(reason(verifier.verify(bytes, null))).contains(Reason.MALFORMED);
  }

  @Test
  void verify_beyondLimits_malformed() {
    MessageVerifier strict = builder().limits(new JsonLimits(10, 5, 5, 1_000_000)).build();
    assertThat(reason(strict.verify(Messages.signed(signer), null))).contains(Reason.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                          | UNSIGNED",
        "{'crypto':'x509'}                           | UNSIGNED",
        "{'signature':'AAAA'}                        | SCHEME_REFUSED",
        "{'certificate':'AAAA'}                      | MALFORMED",
        "{'crypto':'x509','signature':'AAAA'}        | MALFORMED",
        "{'crypto':'gpg'}                            | SCHEME_REFUSED",
        "{'crypto':'X509'}                           | SCHEME_REFUSED",
        "{'crypto':''}                               | SCHEME_REFUSED",
        "{'crypto':null}                             | SCHEME_REFUSED",
        "{'crypto':['x509']}                         | SCHEME_REFUSED",
        "{'crypto':{'x509':1},'signature':1}         | SCHEME_REFUSED",
        "{'signature':'','certificate':''}           | MALFORMED",
        "{'signature':null,'certificate':null}       | MALFORMED",
        "{'signature':{},'certificate':'AAAA'}       | MALFORMED",
        "{'signature':'AAAA','certificate':'A'}      | MALFORMED",
        "{'signature':'\\u00e9','certificate':''}    | MALFORMED",
      })
  void verify_credentials_reason(String text, Reason expected) {
    byte[] bytes = Messages.utf8(text.replace('\'', '"'));
    assertThat(reason(verifier.verify(bytes, null))).contains(expected);
  }

  @Test
  void verify_schemeNotAllowed_refused() {
    MessageVerifier none = MessageVerifier.builder().build();
    assertThat(reason(none.verify(Messages.signed(signer), null))).contains(Reason.SCHEME_REFUSED);
  }

  @Test
  void verify_schemeAbsent_guessed() {
    ObjectNode message = Messages.sign(signer, Messages.UNSIGNED);
    ObjectNode unsigned = FedmsgVectors.object(Messages.UNSIGNED);
    byte[] text = CanonicalJson.write(unsigned);
    message.remove("crypto");
    message.put(
        "signature",
        Base64Lines.encode(
                new Signatures(CryptoProvider.JDK)
                    .sign(Signatures.Algorithm.RSA_SHA1, Messages.pair(signer).key(), text))
            .replace("\n", ""));

    assertThat(reason(verifier.verify(Messages.bytes(message), null))).isEmpty();
  }

  @Test
  void verify_strangerWithBadSignature_untrustedComesFirst() {
    ObjectNode message = Messages.sign(stranger, Messages.UNSIGNED);
    message.put("signature", "");
    assertThat(reason(message)).contains(Reason.UNTRUSTED);
  }

  @Test
  void verify_noNameAndBadSignature_signatureComesFirst() {
    TestPki.Identity nameless = root.issue("", spec -> spec.subject("O=x"));
    ObjectNode message = Messages.sign(nameless, Messages.UNSIGNED);
    assertThat(reason(message)).contains(Reason.MALFORMED);

    message.put("extra", 1);
    assertThat(reason(message)).contains(Reason.BAD_SIGNATURE);
  }

  @Test
  void verify_signatureOfWrongLength_bad() {
    ObjectNode message = Messages.sign(signer, Messages.UNSIGNED);
    for (int length : new int[] {0, 1, 255, 257, 10_000}) {
      message.put("signature", Base64Lines.encode(new byte[length]));
      assertThat(reason(message)).contains(Reason.BAD_SIGNATURE);
    }
  }

  @Test
  void verify_certificateWithoutRsaKey_badSignature() {
    TestPki.Identity ec = root.issue("ec", spec -> spec.keys(TestPki.newKeys("EC", 256)));
    ObjectNode message = Messages.sign(signer, Messages.UNSIGNED);
    message.put("certificate", ChainTest.field(ec));
    assertThat(reason(message)).contains(Reason.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'topic':'a'}",
        "{'topic':'','msg':1}",
        "{'topic':1,'msg':1}",
        "{'msg':{}}"
      })
  void verify_signedButNoEnvelope_malformed(String text) {
    assertThat(reason(Messages.sign(signer, text.replace('\'', '"')))).contains(Reason.MALFORMED);
  }

  @Test
  void verify_policy_notPermitted() {
    RoutingPolicy.Rule rule = new RoutingPolicy.Rule("org.example.#", Set.of("Signer"));
    MessageVerifier strict =
        builder().policy(() -> new RoutingPolicy(List.of(rule), false)).build();
    byte[] message = Messages.signed(signer);

    assertThat(reason(strict.verify(message, null))).contains(Reason.NOT_PERMITTED);
    // The policy comes before the topic frame.
    assertThat(reason(strict.verify(message, Messages.utf8("x")))).contains(Reason.NOT_PERMITTED);
  }

  @Test
  void verify_topicFrame_mustBeTheTopic() {
    byte[] message = Messages.signed(signer);
    assertThat(reason(verifier.verify(message, Messages.utf8(Messages.TOPIC)))).isEmpty();
    assertThat(reason(verifier.verify(message, Messages.utf8(Messages.TOPIC + "x"))))
        .contains(Reason.TOPIC_MISMATCH);
    assertThat(reason(verifier.verify(message, new byte[0]))).contains(Reason.TOPIC_MISMATCH);
    assertThat(reason(verifier.verify(message, new byte[] {-1, 0})))
        .contains(Reason.TOPIC_MISMATCH);
  }

  @Test
  void verify_topicWithLoneSurrogate_questionMarkInFrame() {
    ObjectNode message = Messages.sign(signer, "{\"topic\":\"a.\\ud800.\\u00e9\",\"msg\":1}");
    Verified verified = verifier.verify(Messages.bytes(message), Messages.utf8("a.?.\u00e9"));
    assertThat(reason(verified)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1700000000, true",
    "1699999940, true",
    "1699999939.9, false",
    "1700000060.0, true",
    "1700000061, false",
    "1700000000123, true",
    "1700000061000, false",
    "1e300, false",
    "-1, false",
    "NaN, false",
    "Infinity, false",
    "'\"1700000000\"', false",
    "null, false"
  })
  void verify_maxAge_staleBothWays(String timestamp, boolean fresh) {
    MessageVerifier limited = builder().maxAge(Duration.ofSeconds(60)).build();
    String text = "{\"topic\":\"a\",\"msg\":1,\"timestamp\":%s}".formatted(timestamp);
    byte[] message = Messages.bytes(Messages.sign(signer, text));

    assertThat(reason(limited.verify(message, null)))
        .isEqualTo(fresh ? Optional.empty() : Optional.of(Reason.STALE));
    assertThat(reason(verifier.verify(message, null))).isEmpty();
  }

  @Test
  void verify_maxAgeAndNoTimestamp_stale() {
    MessageVerifier limited = builder().maxAge(Duration.ofSeconds(60)).build();
    byte[] message = Messages.bytes(Messages.sign(signer, "{\"topic\":\"a\",\"msg\":1}"));
    assertThat(reason(limited.verify(message, null))).contains(Reason.STALE);
  }

  @Test
  void verify_supplierFails_malformedNotThrown() {
    MessageVerifier broken =
        X509Verifier.builder(
                () -> {
                  throw new IllegalStateException("no trust");
                })
            .build();
    assertThat(reason(broken.verify(Messages.signed(signer), null))).contains(Reason.MALFORMED);
  }

  @Test
  void verify_textOfStrangerInDetail_cleanAndShort() {
    String subject = "O=" + "x\u001b[31m".repeat(2000);
    TestPki.Identity loud = pki.root("Loud").issue("", spec -> spec.subject(subject));
    Verdict verdict = verifier.verify(Messages.signed(loud), null).verdict();

    String detail = ((Verdict.Invalid) verdict).detail();
    assertThat(detail).doesNotContain("\u001b").hasSizeLessThan(1100);
  }

  @Test
  void verify_floodOfBadCertificates_boundedCache() {
    ObjectNode message = Messages.sign(stranger, Messages.UNSIGNED);
    String bad = "A".repeat(60_000);
    for (int i = 0; i < 1000; i++) {
      message.put("certificate", bad + "%04d".formatted(i));
      assertThat(reason(message)).contains(Reason.MALFORMED);
    }
    assertThat(trust.cached()).isLessThan(400);
    assertThat(reason(verifier.verify(Messages.signed(signer), null))).isEmpty();
  }

  @Test
  void verify_mutatedMessages_neverThrowsNorAccepts() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] good = Messages.signed(signer);
    for (int i = 0; i < 2000; i++) {
      byte[] bad = mutate(good, random);
      Verified verified = verifier.verify(bad, null);
      if (verified.verdict() instanceof Verdict.Valid) {
        // Credentials may be written in many ways, but what they cover may not change.
        assertThat(covered(verified)).as("seed " + seed).isEqualTo(covered(good));
      }
    }
  }

  private static byte[] mutate(byte[] good, Random random) {
    byte[] bad = good.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      bad[random.nextInt(bad.length)] = (byte) random.nextInt(random.nextBoolean() ? 128 : 256);
    }
    return bad;
  }

  @Test
  void verify_mutatedCertificates_neverThrowsNorAccepts() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] der = signer.certificate().getEncoded();
    ObjectNode message = Messages.sign(signer, Messages.UNSIGNED);
    for (int i = 0; i < 1000; i++) {
      byte[] bad = mutate(der, random);
      message.put("certificate", Base64Lines.encode(Messages.utf8(Pem.write("CERTIFICATE", bad))));
      if (!Arrays.equals(bad, der)) {
        assertThat(reason(message)).as("seed " + seed).isNotEmpty();
      }
    }
  }

  private ObjectNode covered(byte[] message) {
    return covered(verifier.verify(message, null));
  }

  private static ObjectNode covered(Verified verified) {
    ObjectNode tree = ((ObjectNode) verified.tree().orElseThrow()).deepCopy();
    return tree.remove(List.of("signature", "certificate"));
  }

  private Optional<Reason> reason(ObjectNode message) {
    return reason(verifier.verify(Messages.bytes(message), null));
  }

  private static Optional<Reason> reason(Verified verified) {
    return verified
        .verdict()
        .fold(valid -> Optional.empty(), invalid -> Optional.of(invalid.reason()));
  }
}
