package org.peal.crypto.x509;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.KeyKind;
import org.peal.crypto.MessageVerifier;
import org.peal.crypto.Reason;
import org.peal.crypto.RoutingPolicy;
import org.peal.crypto.RoutingPolicyReader;
import org.peal.crypto.Verdict;
import org.peal.message.Scheme;

/** What fedmsg signed and refused, judged with the one provider and the other. */
abstract class VectorsTest {

  private final CryptoProvider provider;
  private final TrustSnapshot trust;

  VectorsTest(CryptoProvider provider) {
    this.provider = provider;
    this.trust = FedmsgVectors.trust("ca.crt", Optional.of("crl.pem"), provider);
  }

  /** What is not here is BAD_SIGNATURE. */
  private static final Map<String, Reason> REASONS =
      Map.ofEntries(
          entry("sh-sig-missing", Reason.MALFORMED),
          entry("sh-cert-missing", Reason.MALFORMED),
          entry("sh-unsigned", Reason.UNSIGNED),
          entry("sh-sig-not-base64", Reason.MALFORMED),
          entry("sh-sig-number", Reason.MALFORMED),
          entry("sh-sig-null", Reason.MALFORMED),
          entry("sh-cert-garbage", Reason.MALFORMED),
          entry("sh-cert-truncated", Reason.MALFORMED),
          entry("sh-crypto-unknown", Reason.SCHEME_REFUSED),
          entry("sh-crypto-gpg", Reason.SCHEME_REFUSED),
          entry("sh-crypto-null", Reason.SCHEME_REFUSED),
          entry("sh-crypto-list", Reason.SCHEME_REFUSED),
          entry("sh-cert-expired", Reason.EXPIRED),
          entry("sh-cert-not-yet-valid", Reason.NOT_YET_VALID),
          entry("sh-cert-revoked", Reason.REVOKED),
          entry("sh-cert-wrong-ca", Reason.UNTRUSTED),
          entry("sh-cert-self-signed", Reason.UNTRUSTED),
          entry("sh-cert-no-cn", Reason.MALFORMED),
          entry("sh-crl-expired", Reason.REVOCATION_UNKNOWN),
          entry("sh-crl-forged", Reason.REVOCATION_UNKNOWN),
          entry("sh-ca-other", Reason.UNTRUSTED),
          entry("sh-policy-not-listed", Reason.NOT_PERMITTED),
          entry("sh-policy-empty-list", Reason.NOT_PERMITTED),
          entry("sh-policy-nitpicky", Reason.NOT_PERMITTED),
          entry("sh-policy-second-cn", Reason.NOT_PERMITTED),
          entry("sh-envelope-mismatch", Reason.TOPIC_MISMATCH),
          entry("sh-json-truncated", Reason.MALFORMED),
          entry("sh-json-array", Reason.MALFORMED),
          entry("sh-json-string", Reason.MALFORMED),
          entry("sh-json-number", Reason.MALFORMED),
          entry("sh-json-null", Reason.MALFORMED),
          entry("sh-json-empty", Reason.MALFORMED),
          entry("sh-json-trailing", Reason.MALFORMED));

  static List<JsonNode> messages() {
    return FedmsgVectors.rows("messages.jsonl");
  }

  static List<JsonNode> invalid() {
    return FedmsgVectors.rows("invalid.jsonl");
  }

  static List<JsonNode> archived() {
    return FedmsgVectors.rows("archive.jsonl");
  }

  @ParameterizedTest
  @MethodSource("messages")
  void verify_messageOfFedmsg_valid(JsonNode row) {
    byte[] frame = row.get("topic").textValue().getBytes(UTF_8);

    Verdict verdict =
        X509Verifier.builder(() -> trust)
            .build()
            .verify(FedmsgVectors.bytes(row, "wire"), frame)
            .verdict();

    assertThat(verdict)
        .isEqualTo(
            new Verdict.Valid(
                row.get("signer").textValue(),
                Scheme.X509,
                Verdict.Coverage.ENVELOPE,
                Optional.of(KeyKind.RSA)));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void sign_textOfFedmsg_sameSignature(JsonNode row) {
    String name = row.get("certfile").textValue().replace(".crt", "").replace("-with-text", "");
    OwnKeyPair pair = FedmsgVectors.pair(name);

    Signatures signatures = new Signatures(provider);
    byte[] signature =
        signatures.sign(
            Signatures.Algorithm.RSA_SHA1,
            signatures.prepare(KeyKind.RSA, pair.key()),
            FedmsgVectors.bytes(row, "canonical"));

    assertThat(HexFormat.of().formatHex(signature)).isEqualTo(row.get("signature_hex").textValue());
  }

  @Test
  void sign_messageOfFedmsgAgain_sameMessage() {
    int signed = 0;
    for (JsonNode row : messages()) {
      if (row.get("style").textValue().equals("library-sign")) {
        String name = row.get("certfile").textValue().replace(".crt", "");
        OwnKeyPair pair = FedmsgVectors.pair(name);
        ObjectNode original = FedmsgVectors.object(row.get("wire").textValue());
        ObjectNode unsigned = original.deepCopy();
        unsigned.remove(List.of("crypto", "signature", "certificate"));

        assertThat(new X509Signer(() -> pair, provider, false).sign(unsigned)).isEqualTo(original);
        signed++;
      }
    }
    assertThat(signed).isPositive();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void verify_invalidMessage_reason(JsonNode row) {
    byte[] frame = row.get("frame_topic").textValue().getBytes(UTF_8);

    Verdict verdict =
        verifier(row.get("config")).verify(FedmsgVectors.bytes(row, "wire"), frame).verdict();

    Reason expected = REASONS.getOrDefault(row.get("id").textValue(), Reason.BAD_SIGNATURE);
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Invalid.class,
            invalid -> assertThat(invalid.reason()).as(invalid.detail()).isEqualTo(expected));
  }

  private MessageVerifier verifier(JsonNode config) {
    if (config.isEmpty()) {
      return X509Verifier.builder(() -> trust).build();
    }
    Optional<String> crl = Optional.ofNullable(config.get("crl_location").textValue());
    TrustSnapshot said =
        FedmsgVectors.trust(config.get("ca_cert_location").textValue(), crl, provider);
    RoutingPolicy policy = RoutingPolicyReader.read(config, "row");
    return X509Verifier.builder(() -> said).policy(() -> policy).build();
  }

  @ParameterizedTest
  @MethodSource("archived")
  void verify_messageOfArchive_asOriginal(JsonNode row) {
    Verdict verdict =
        X509Verifier.builder(() -> trust)
            .build()
            .verify(FedmsgVectors.bytes(row, "wire"), null)
            .verdict();

    boolean accept = row.get("valid_as_received").textValue().equals("accept");
    assertThat(verdict instanceof Verdict.Valid).isEqualTo(accept);
  }
}
