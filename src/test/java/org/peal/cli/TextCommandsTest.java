package org.peal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.cli.InProcess.Result;
import org.peal.testing.TestPki;

/** The commands that read texts and write answers: canonical, sign, verify. */
class TextCommandsTest {

  private static final TestPki PKI = new TestPki();
  private static final TestPki.Identity CA = PKI.root("Test CA");
  private static final TestPki.Identity ANN = CA.issue("ann");

  @TempDir Path folder;

  private InProcess here() {
    TestPki.writeText(folder.resolve("ca.crt"), CA.pem());
    TestPki.writeText(folder.resolve("ann.crt"), ANN.pem());
    ownersOnly(TestPki.writeText(folder.resolve("ann.key"), ANN.keyPem()));
    return InProcess.in(folder);
  }

  private static void ownersOnly(Path file) {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String message(int number) {
    return "{\"topic\": \"org.x.dev.test.n\", \"msg\": {\"n\": " + number + "}, \"i\": 1.0}";
  }

  private String signed(String input) {
    Result result = here().input(input).run("sign", "--cert", "ann.crt", "--key", "ann.key");
    assertThat(result.status()).as(result.err()).isZero();
    return result.out();
  }

  @Test
  void canonical_texts_areWrittenOneALine() {
    Result result = here().input("{\"b\": 1.0,\n\"a\":2}\0[]\0\"\\n\"").run("canonical", "-0");
    assertThat(result.status()).isZero();
    assertThat(result.out()).isEqualTo("{\"a\":2,\"b\":1.0}\n[]\n\"\\n\"\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void canonical_badTexts_haveAnErrorLineInTheirPlace() {
    Result result = here().input("1\n\n{\"a\":}\n2\n").run("canonical");
    assertThat(result.status()).isEqualTo(65);
    assertThat(result.out().lines()).hasSize(4).startsWith("1").endsWith("2");
    assertThat(result.out().lines().skip(1).limit(2)).allMatch(line -> line.startsWith("error: "));
    assertThat(result.out()).contains("column 6");
  }

  @Test
  void canonical_tooLongText_hasNoColumn() {
    Result result = here().input("1".repeat((16 << 20) + 1)).run("canonical");
    assertThat(result.out()).isEqualTo("error: text of 16777217 bytes is longer than 16777216\n");
  }

  @Test
  void canonical_fileAndDash_areRead() throws IOException {
    Files.writeString(folder.resolve("in"), "[ 1 ]");
    assertThat(here().run("canonical", "in").out()).isEqualTo("[1]\n");
    assertThat(here().input("[ 2 ]").run("canonical", "-").out()).isEqualTo("[2]\n");
  }

  @Test
  void canonical_empty_isNothing() {
    Result result = here().run("canonical");
    assertThat(result.status()).isZero();
    assertThat(result.out()).isEmpty();
  }

  @Test
  void sign_messages_verifyInOrder() {
    String input =
        IntStream.range(0, 300).mapToObj(i -> message(i) + "\n").collect(Collectors.joining());
    String signed = signed(input);
    assertThat(signed.lines().map(line -> Samples.json(line).at("/msg/n").asInt()))
        .containsExactlyElementsOf(IntStream.range(0, 300).boxed().toList());
    Result verdicts = here().input(signed).run("verify", "--ca", "ca.crt");
    assertThat(verdicts.status()).isZero();
    assertThat(verdicts.out()).isEqualTo("{\"valid\":true,\"signer\":\"ann\"}\n".repeat(300));
    assertThat(verdicts.err())
        .isEqualTo("peal verify: revocation is not checked (no --crl, no crypto.crl)\n");
  }

  @Test
  void sign_whatCannotBeSigned_hasAnErrorLine() {
    Result result =
        here()
            .input("[]\nnonsense\n" + message(1) + "\n{\"signature\":1}\n{\"certificate\":\"x\"}")
            .run("sign", "--cert", "ann.crt", "--key", "ann.key");
    assertThat(result.status()).isEqualTo(65);
    assertThat(result.out().lines().map(line -> line.startsWith("error: ")))
        .containsExactly(true, true, false, true, true);
  }

  @Test
  void sign_keyOfAnother_isRefusedBeforeReading() {
    TestPki.writeText(folder.resolve("bob.key"), CA.issue("bob").keyPem());
    Result result = here().run("sign", "--cert", "ann.crt", "--key", "bob.key");
    assertThat(result.status()).isEqualTo(78);
    assertThat(result.err()).contains("the certificate does not belong to the key");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void verify_anyLine_hasAVerdictInItsPlace() {
    String good = signed(message(1)).strip();
    String forged = good.replace("\"n\":1", "\"n\":2");
    Result result =
        here()
            .input(forged + "\n\nnonsense\n" + good + "\n" + message(1) + "\n[]\n")
            .run("verify", "--ca", "ca.crt");
    assertThat(result.status()).isEqualTo(77);
    assertThat(
            result
                .out()
                .lines()
                .map(Samples::json)
                .map(line -> line.path("reason").asText(line.path("signer").asText())))
        .containsExactly("BAD_SIGNATURE", "MALFORMED", "MALFORMED", "ann", "UNSIGNED", "MALFORMED");
    assertThat(result.out().lines().map(Samples::json))
        .allMatch(line -> line.path("valid").isBoolean())
        .allMatch(line -> line.path("valid").asBoolean() != line.has("detail"));
  }

  @Test
  void verify_wrapped_comparesTheTopicFrame() {
    String good = signed(message(1)).strip();
    Result result =
        here()
            .input(wrap("org.x.dev.test.n", good) + "\n" + wrap("other", good) + "\n{}\n7\n")
            .run("verify", "--ca", "ca.crt", "--wrapped");
    assertThat(result.status()).isEqualTo(77);
    assertThat(result.out().lines().map(Samples::json).map(line -> line.path("reason").asText()))
        .containsExactly("", "TOPIC_MISMATCH", "MALFORMED", "MALFORMED");
  }

  private static String wrap(String topic, String payload) {
    JsonNode wrapper = Samples.json("{\"topic_frame\":\"" + topic + "\",\"payload\":\"\"}");
    ((com.fasterxml.jackson.databind.node.ObjectNode) wrapper).put("payload", payload);
    return wrapper.toString();
  }

  @Test
  void verify_at_judgesAsOfThatTime() {
    String good = signed(message(1));
    Result result =
        here().input(good).run("verify", "--ca", "ca.crt", "--at", "2055-01-01T00:00:00Z");
    assertThat(result.out()).contains("\"EXPIRED\"");
  }

  @Test
  void verify_policy_yamlOrJson() throws IOException {
    String good = signed(message(1));
    Files.writeString(folder.resolve("open.yaml"), "org.x.dev.test.n: [ann]\n");
    Files.writeString(folder.resolve("shut.json"), "{\"org.x.dev.test.n\": [\"bob\"]}");
    Files.writeString(folder.resolve("other.yaml"), "org.x.dev.other: [ann]\n");
    InProcess input = here().input(good);
    assertThat(input.run("verify", "--ca", "ca.crt", "--policy", "open.yaml").status()).isZero();
    assertThat(input.run("verify", "--ca", "ca.crt", "--policy", "shut.json").out())
        .contains("NOT_PERMITTED");
    assertThat(input.run("verify", "--ca", "ca.crt", "--policy", "other.yaml").status()).isZero();
    assertThat(input.run("verify", "--ca", "ca.crt", "--policy", "other.yaml", "--nitpicky").out())
        .contains("NOT_PERMITTED");
  }

  @Test
  void verify_maxAge_refusesOldMessages() {
    String old = signed("{\"topic\":\"org.x.dev.a.b\",\"msg\":{},\"timestamp\":1700000000}");
    InProcess input = here().input(old);
    assertThat(input.run("verify", "--ca", "ca.crt", "--max-age", "1h").out())
        .contains("\"STALE\"");
    assertThat(
            input.run("verify", "--ca", "ca.crt", "--max-age", "1h", "--at", "1700000100").status())
        .isZero();
  }

  @Test
  void verify_brokenPolicy_isAConfigurationError() throws IOException {
    Files.writeString(folder.resolve("policy.yaml"), "org.x: {ann: 1}\n");
    Result result = here().run("verify", "--ca", "ca.crt", "--policy", "policy.yaml");
    assertThat(result.status()).as(result.err()).isEqualTo(78);
    assertThat(result.err()).contains("policy.yaml");
  }

  @Test
  void verify_certificatesBesideTheConfiguration_areFound() throws IOException {
    String good = signed(message(1));
    Path certs = Files.createDirectories(folder.resolve("conf/certs"));
    Files.writeString(certs.resolve("ca.crt"), CA.pem());
    Result result = here().input(good).run("verify", "--config", "conf");
    assertThat(result.status()).as(result.err()).isZero();
  }
}
