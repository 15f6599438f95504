package org.peal.interop;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.crypto.Reason;
import org.peal.json.CanonicalJson;
import org.peal.testing.PealProcess;

/** The data recorded from the real fedmsg, through the command line. */
class VectorsIT {

  /** The reason for each row of {@code invalid.jsonl}. */
  private static final Map<String, Reason> REASONS = new LinkedHashMap<>();

  static {
    reason(
        Reason.BAD_SIGNATURE,
        "body-changed topic-changed timestamp-changed timestamp-float i-changed msgid-changed"
            + " username-changed username-removed crypto-removed field-added headers-null"
            + " seqid-added sig-bitflip sig-empty sig-short cert-swapped alg-sha256 alg-pss"
            + " alg-spaces alg-raw-utf8");
    reason(
        Reason.MALFORMED,
        "sig-missing cert-missing sig-not-base64 sig-number sig-null cert-garbage cert-truncated"
            + " cert-no-cn json-truncated json-array json-string json-number json-null json-empty"
            + " json-trailing");
    reason(Reason.SCHEME_REFUSED, "crypto-unknown crypto-gpg crypto-null crypto-list");
    reason(Reason.UNTRUSTED, "cert-wrong-ca cert-self-signed ca-other");
    reason(Reason.REVOCATION_UNKNOWN, "crl-expired crl-forged");
    reason(
        Reason.NOT_PERMITTED,
        "policy-not-listed policy-empty-list policy-nitpicky policy-second-cn");
    reason(Reason.UNSIGNED, "unsigned");
    reason(Reason.EXPIRED, "cert-expired");
    reason(Reason.NOT_YET_VALID, "cert-not-yet-valid");
    reason(Reason.REVOKED, "cert-revoked");
    reason(Reason.TOPIC_MISMATCH, "envelope-mismatch");
  }

  @TempDir Path folder;

  private static void reason(Reason reason, String ids) {
    Stream.of(ids.split(" ")).forEach(id -> REASONS.put("sh-" + id, reason));
  }

  @Test
  void verify_recordedMessages_areValidWithTheirSigner() {
    List<JsonNode> rows = Vectors.rows("messages.jsonl");
    PealProcess verify = verify(0, rows.stream().map(VectorsIT::wire).toList());
    assertThat(verify.out()).isEqualTo(rows.stream().map(VectorsIT::validLine).toList());
    assertThat(verify.err()).isEmpty();
  }

  @Test
  void verify_recordedMessagesWrapped_areValidWithTheirSigner() {
    List<JsonNode> rows = Vectors.rows("messages.jsonl");
    List<String> texts = rows.stream().map(row -> wrapped(topicFrame(row), wire(row))).toList();
    PealProcess verify = verify(0, texts, "--wrapped");
    assertThat(verify.out()).isEqualTo(rows.stream().map(VectorsIT::validLine).toList());
  }

  @Test
  void verify_recordedMessagesInFile_areValid() throws IOException {
    List<String> wires = Vectors.rows("messages.jsonl").stream().map(VectorsIT::wire).toList();
    Path file = folder.resolve("messages.bin");
    Files.writeString(file, String.join("\0", wires));
    PealProcess verify =
        PealProcess.run("", "verify", "-0", "--ca", Vectors.pki("ca.crt"), file.toString());
    verify.assertExit(0);
    assertThat(verify.out())
        .hasSize(wires.size())
        .allMatch(line -> line.contains("\"valid\":true"));
    assertThat(verify.err()).as("says once that nothing is revoked").hasSize(1);
  }

  @Test
  void reasons_ofThisTest_coverEveryRow() {
    assertThat(Vectors.rows("invalid.jsonl"))
        .extracting(VectorsIT::id)
        .hasSameElementsAs(REASONS.keySet());
  }

  @Test
  void verify_recordedForgeriesWrapped_areRefusedWithTheirReason() throws IOException {
    for (List<JsonNode> rows : byConfig()) {
      List<String> texts = rows.stream().map(row -> wrapped(topicFrame(row), wire(row))).toList();
      PealProcess verify = verify(77, texts, options(rows, "--wrapped"));
      assertThat(outcomes(verify))
          .as(verify.toString())
          .isEqualTo(rows.stream().map(row -> REASONS.get(id(row)).name()).toList());
    }
  }

  @Test
  void verify_recordedForgeriesWithoutFrames_areRefusedWithTheirReason() throws IOException {
    for (List<JsonNode> rows : byConfig()) {
      List<String> texts = rows.stream().map(VectorsIT::wire).toList();
      PealProcess verify = verify(77, texts, options(rows));
      assertThat(outcomes(verify))
          .as(verify.toString())
          .isEqualTo(rows.stream().map(VectorsIT::outcomeWithoutFrame).toList());
    }
  }

  private static String outcomeWithoutFrame(JsonNode row) {
    Reason reason = REASONS.get(id(row));
    return reason == Reason.TOPIC_MISMATCH ? "valid" : reason.name();
  }

  @Test
  void canonical_recordedTexts_areWrittenAsPythonWritesThem() {
    List<JsonNode> rows = Vectors.rows("canonical.jsonl");
    PealProcess canonical = PealProcess.run(ended(inputs(rows)), "canonical", "-0");
    canonical.assertExit(65);
    assertThat(canonical.out()).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      String line = canonical.out().get(i);
      JsonNode row = rows.get(i);
      if (row.path("error").asBoolean()) {
        assertThat(line).as(id(row)).startsWith("error: ");
      } else {
        assertThat(line).as(id(row)).isEqualTo(row.get("canonical").textValue());
      }
    }
  }

  @Test
  void canonical_goodTexts_exitZeroAndAreStable() {
    List<JsonNode> rows =
        Vectors.rows("canonical.jsonl").stream().filter(row -> row.has("canonical")).toList();
    PealProcess once = PealProcess.run(ended(inputs(rows)), "canonical", "-0");
    once.assertExit(0);
    PealProcess again = PealProcess.run(once.outBytes(), "canonical");
    again.assertExit(0);
    assertThat(again.outBytes()).isEqualTo(once.outBytes());
  }

  @Test
  void sign_canonicalTexts_givesTheRecordedSignatures() {
    Map<String, List<JsonNode>> rows =
        Vectors.rows("messages.jsonl").stream()
            .filter(row -> row.get("canonical").textValue().contains("\"crypto\":\"x509\""))
            .collect(groupingBy(row -> row.get("certfile").textValue()));
    assertThat(rows).hasSizeGreaterThan(1);
    rows.forEach(
        (certificate, signed) -> assertSignedAsRecorded(certificate, key(certificate), signed));
  }

  @Test
  void sign_keyInOldForm_givesTheRecordedSignatures() {
    List<JsonNode> rows =
        Vectors.rows("messages.jsonl").stream()
            .filter(row -> row.get("style").textValue().equals("captured-publish"))
            .filter(row -> row.get("certfile").textValue().equals("signer-a.crt"))
            .toList();
    assertThat(rows).isNotEmpty();
    assertSignedAsRecorded("signer-a.crt", "signer-a.pkcs1.key", rows);
  }

  @Test
  void sign_textsWithoutScheme_givesMessagesThatVerify() {
    List<String> texts =
        Vectors.rows("messages.jsonl").stream()
            .map(row -> row.get("canonical").textValue())
            .toList();
    PealProcess sign = sign("signer-b.crt", "signer-b.key", texts);
    PealProcess verify = verify(0, sign.out());
    assertThat(verify.out()).hasSameSizeAs(texts);
    assertThat(verify.out().get(0)).contains("\"valid\":true");
  }

  private static void assertSignedAsRecorded(String certificate, String key, List<JsonNode> rows) {
    PealProcess sign =
        sign(certificate, key, rows.stream().map(row -> row.get("canonical").textValue()).toList());
    assertThat(sign.out()).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      String line = sign.out().get(i);
      ObjectNode message = (ObjectNode) Vectors.json(line);
      assertThat(line).as("canonical").isEqualTo(canonical(message));
      assertThat(hex(message.get("signature").textValue()))
          .as(id(rows.get(i)))
          .isEqualTo(rows.get(i).get("signature_hex").textValue());
      message.remove(List.of("signature", "certificate"));
      assertThat(canonical(message)).isEqualTo(rows.get(i).get("canonical").textValue());
    }
  }

  private static PealProcess sign(String certificate, String key, List<String> texts) {
    PealProcess sign =
        PealProcess.run(
            ended(texts),
            "sign",
            "-0",
            "--cert",
            Vectors.pki(certificate),
            "--key",
            Vectors.pki(key));
    sign.assertExit(0);
    return sign;
  }

  private PealProcess verify(int status, List<String> texts, String... options) {
    List<String> args = new ArrayList<>(List.of("verify", "-0"));
    args.addAll(List.of(options));
    if (!args.contains("--ca")) {
      args.addAll(List.of("--ca", Vectors.pki("ca.crt"), "--crl", Vectors.pki("crl.pem")));
    }
    PealProcess verify = PealProcess.run(ended(texts), args.toArray(String[]::new));
    verify.assertExit(status);
    return verify;
  }

  /** The rows that are verified under the same trust, each as a list. */
  private static Iterable<List<JsonNode>> byConfig() {
    return Vectors.rows("invalid.jsonl").stream()
        .collect(groupingBy(row -> row.get("config"), LinkedHashMap::new, toList()))
        .values();
  }

  private String[] options(List<JsonNode> rows, String... more) throws IOException {
    JsonNode config = rows.get(0).get("config");
    List<String> options = new ArrayList<>(List.of(more));
    options.addAll(List.of("--ca", Vectors.pki(config.path("ca_cert_location").asText("ca.crt"))));
    if (config.path("crl_location").isTextual()) {
      options.addAll(List.of("--crl", Vectors.pki(config.get("crl_location").textValue())));
    }
    if (!config.path("routing_policy").isEmpty()) {
      Path policy = Files.createTempFile(folder, "policy", ".json");
      Files.writeString(policy, config.get("routing_policy").toString());
      options.addAll(List.of("--policy", policy.toString()));
    }
    if (config.path("routing_nitpicky").asBoolean()) {
      options.add("--nitpicky");
    }
    return options.toArray(String[]::new);
  }

  private static List<String> outcomes(PealProcess verify) {
    return verify.out().stream().map(Vectors::json).map(VectorsIT::outcome).toList();
  }

  private static String outcome(JsonNode line) {
    if (line.get("valid").booleanValue()) {
      return "valid";
    }
    assertThat(line.get("detail").textValue()).isNotEmpty();
    return line.get("reason").textValue();
  }

  private static byte[] ended(List<String> texts) {
    StringBuilder all = new StringBuilder();
    texts.forEach(text -> all.append(text).append('\0'));
    return all.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> inputs(List<JsonNode> rows) {
    return rows.stream().map(row -> row.get("input").textValue()).toList();
  }

  private static String id(JsonNode row) {
    return row.get("id").textValue();
  }

  private static String wire(JsonNode row) {
    return row.get("wire").textValue();
  }

  private static String validLine(JsonNode row) {
    return "{\"valid\":true,\"signer\":\"" + row.get("signer").textValue() + "\"}";
  }

  private static String topicFrame(JsonNode row) {
    if (row.has("frame_hex")) {
      byte[] frame = HexFormat.of().parseHex(row.get("frame_hex").get(0).textValue());
      return new String(frame, StandardCharsets.UTF_8);
    }
    return row.has("frame_topic")
        ? row.get("frame_topic").textValue()
        : row.get("topic").textValue();
  }

  private static String wrapped(String topicFrame, String payload) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("topic_frame", topicFrame)
        .put("payload", payload)
        .toString();
  }

  private static String canonical(JsonNode value) {
    return new String(CanonicalJson.write(value), StandardCharsets.US_ASCII);
  }

  private static String hex(String base64) {
    return HexFormat.of().formatHex(Base64.getMimeDecoder().decode(base64));
  }

  private static String key(String certificate) {
    return certificate.replace("-with-text", "").replace(".crt", ".key");
  }
}
