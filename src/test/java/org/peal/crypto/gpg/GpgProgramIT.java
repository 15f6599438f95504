package org.peal.crypto.gpg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peal.crypto.MessageVerifier;
import org.peal.crypto.Reason;
import org.peal.crypto.RoutingPolicy;
import org.peal.crypto.SigningException;
import org.peal.crypto.TrustException;
import org.peal.crypto.Verdict;
import org.peal.json.CanonicalJson;
import org.peal.message.Scheme;
import org.peal.testing.GnuPg;

/** Messages, keys and keyrings both ways between Peal and the real {@code gpg}. */
class GpgProgramIT {

  private static final String TOPIC = "org.example.test.log";
  private static final byte[] BODY = "{\"a\":1,\"b\":\"\\u00e9\"}".getBytes(UTF_8);
  private static final int ROUNDS = Integer.getInteger("peal.test.gpg.rounds", 30);
  private static final GnuPg GPG = new GnuPg();
  private static String rsa;
  private static String curve;
  private static String subkey;

  @TempDir Path folder;

  @BeforeAll
  static void makeKeys() {
    rsa = GPG.makeKey("Robot <robot@example.org>", "rsa2048", "sign", "0");
    curve = GPG.makeKey("Curve <curve@example.org>", "ed25519", "cert", "0");
    subkey = GPG.makeSubkey(curve, "ed25519", "sign", "0");
    GPG.makeSubkey(curve, "cv25519", "encr", "0");
  }

  @AfterAll
  static void end() {
    GPG.close();
  }

  @Test
  void shouldVerifyWhatGpgSigns() {
    Path ring = GPG.export(folder.resolve("ring.gpg"));

    assertThat(verdict(ring, GPG.sign(rsa, BODY))).isEqualTo(valid(rsa));
    assertThat(verdict(ring, GPG.sign(curve, BODY))).isEqualTo(valid(curve));
  }

  @Test
  void shouldRefuseAnotherBodyAndAnUnknownKey() {
    Path both = GPG.export(folder.resolve("both.gpg"));
    Path other = GPG.export(folder.resolve("other.gpg"), curve);

    assertThat(reason(verdict(both, GPG.sign(rsa, "{}".getBytes(UTF_8)))))
        .isEqualTo(Reason.BAD_SIGNATURE);
    assertThat(reason(verdict(other, GPG.sign(rsa, BODY)))).isEqualTo(Reason.UNTRUSTED);
  }

  @Test
  void shouldReadEveryFormOfKeyring() throws Exception {
    byte[] signature = GPG.sign(rsa, BODY);
    Path armoured = GPG.export(folder.resolve("ring.asc"), "--armor", curve);
    Path more = GPG.export(folder.resolve("more.asc"), "--armor", rsa);
    Files.writeString(armoured, "A comment.\n" + Files.readString(armoured) + "\n");
    Files.writeString(armoured, Files.readString(armoured) + Files.readString(more));
    Path old = folder.resolve("old.gpg");
    GPG.export(folder.resolve("all.gpg"));
    GPG.run(
        "--no-default-keyring",
        "--keyring",
        "gnupg-ring:" + old,
        "--import",
        folder.resolve("all.gpg").toString());

    assertThat(verdict(GPG.home().resolve("pubring.kbx"), signature)).isEqualTo(valid(rsa));
    assertThat(verdict(armoured, signature)).isEqualTo(valid(rsa));
    assertThat(verdict(old, signature)).isEqualTo(valid(rsa));
    assertThat(new KeyringFiles(List.of(old)).load().size()).isEqualTo(4);
  }

  @Test
  void shouldSignWhatGpgVerifies() {
    for (String key : List.of(rsa, curve)) {
      Path secret = GPG.exportSecret(folder.resolve(key), key);
      ObjectNode signed = signer(secret, Optional.empty()).sign(message());
      byte[] signature = Base64.getDecoder().decode(signed.get("signature").textValue());

      assertThat(GPG.verify(signature, BODY)).as(key).isTrue();
      assertThat(GPG.verify(signature, "{}".getBytes(UTF_8))).as(key).isFalse();
      assertThat(signed.get("crypto").textValue()).isEqualTo("gpg");
      assertThat(signed.has("certificate")).isFalse();
      assertThat(
              verifier(GPG.export(folder.resolve("ring")), Instant.now())
                  .build()
                  .verify(CanonicalJson.write(signed), TOPIC.getBytes(UTF_8))
                  .verdict())
          .isEqualTo(valid(key));
    }
  }

  /** One signature in 128 has a number that begins with a zero byte. */
  @Test
  void shouldAgreeOnManySignatures() {
    Keyring keyring = new KeyringFiles(List.of(GPG.export(folder.resolve("ring")))).load();
    GpgSigner signer = signer(GPG.exportSecret(folder.resolve("secret"), curve), Optional.empty());
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(verdict(keyring, GPG.sign(curve, BODY), Instant.now())).isEqualTo(valid(curve));
      ObjectNode message = message();
      message.putObject("msg").put("i", i);
      String signature = signer.sign(message).get("signature").textValue();
      assertThat(
              GPG.verify(
                  Base64.getDecoder().decode(signature), ("{\"i\":" + i + "}").getBytes(UTF_8)))
          .as(signature)
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "id", "user", "mail", "subkey"})
  void shouldFindTheNamedKey(String by) {
    Path all = GPG.exportSecret(folder.resolve("all.asc"), "--armor");
    String name =
        switch (by) {
          case "rsa" -> rsa;
          case "id" -> "0x" + rsa.substring(24).toLowerCase(java.util.Locale.ROOT);
          case "user" -> "Robot <robot@example.org>";
          case "mail" -> "robot@example.org";
          default -> subkey;
        };

    OwnKey found = new SecretKeyFile(all, Optional.empty(), Optional.of(name)).load();

    assertThat(found.signer()).isEqualTo(by.equals("subkey") ? curve : rsa);
    assertThat(found).hasToString("OwnKey[" + found.signer() + "]");
  }

  @Test
  void shouldRefuseUnclearOrMissingSecretKeys() {
    Path all = GPG.exportSecret(folder.resolve("all.asc"), "--armor");
    Path open = GPG.export(folder.resolve("public.gpg"));

    assertThatThrownBy(() -> new SecretKeyFile(all, Optional.empty(), Optional.empty()).load())
        .isInstanceOf(TrustException.class)
        .hasMessageContaining("2 GnuPG secret keys")
        .hasMessageContaining("crypto.gpg.signing-key");
    assertThatThrownBy(() -> new SecretKeyFile(all, Optional.empty(), Optional.of("nobody")).load())
        .hasMessageContaining("0 GnuPG secret keys in it are \"nobody\"");
    assertThatThrownBy(() -> new SecretKeyFile(open, Optional.empty(), Optional.empty()).load())
        .hasMessageContaining("PublicKeyRing where a secret key belongs");
    assertThatThrownBy(() -> new KeyringFiles(List.of(all)).load())
        .hasMessageContaining("SecretKeyRing where a public key belongs");
  }

  @Test
  void shouldOpenAKeyWithItsPassphrase() throws Exception {
    try (GnuPg gpg = new GnuPg()) {
      gpg.run("--passphrase", "pass", "--quick-gen-key", "Locked", "ed25519", "sign", "0");
      byte[] secret =
          gpg.run("--passphrase", "pass", "--s2k-count", "65536", "--export-secret-keys");
      Path file = Files.write(folder.resolve("locked"), secret);
      Path right = Files.writeString(folder.resolve("right"), "pass\n");
      Path wrong = Files.writeString(folder.resolve("wrong"), "word\n");

      assertThat(new SecretKeyFile(file, Optional.of(right), Optional.empty()).load().signer())
          .isEqualTo(gpg.fingerprints("Locked").get(0));
      assertThatThrownBy(() -> new SecretKeyFile(file, Optional.of(wrong), Optional.empty()).load())
          .hasMessageContaining("the passphrase may be wrong");
      assertThatThrownBy(() -> new SecretKeyFile(file, Optional.empty(), Optional.empty()).load())
          .hasMessageContaining("set crypto.gpg.passphrase-file");
    }
  }

  @Test
  void shouldRefuseExpiredKeysAndSignaturesByTheTimeOfJudging() throws Exception {
    try (GnuPg gpg = new GnuPg()) {
      String key = gpg.makeKey("Short", "ed25519", "sign", "30d");
      String long1 = gpg.makeKey("Long", "ed25519", "cert", "0");
      gpg.makeSubkey(long1, "ed25519", "sign", "30d");
      String lasting = gpg.makeKey("Lasting", "ed25519", "sign", "0");
      Path ring = gpg.export(folder.resolve("ring"));
      Instant later = Instant.now().plus(Duration.ofDays(31));
      Instant earlier = Instant.now().minus(Duration.ofDays(1));

      assertThat(verdict(ring, gpg.sign(key, BODY))).isEqualTo(valid(key));
      assertThat(reason(verdict(ring, gpg.sign(key, BODY), later))).isEqualTo(Reason.EXPIRED);
      assertThat(verdict(ring, gpg.sign(long1, BODY))).isEqualTo(valid(long1));
      assertThat(reason(verdict(ring, gpg.sign(long1, BODY), later))).isEqualTo(Reason.EXPIRED);
      assertThat(reason(verdict(ring, gpg.sign(key, BODY), earlier)))
          .isEqualTo(Reason.NOT_YET_VALID);
      byte[] limited = gpg.sign(lasting, BODY, "--default-sig-expire", "10d");
      assertThat(verdict(ring, limited)).isEqualTo(valid(lasting));
      assertThat(reason(verdict(ring, limited, later))).isEqualTo(Reason.EXPIRED);
    }
  }

  @Test
  void shouldRefuseARevokedKeyEvenIfAnotherFileDoesNotKnow() {
    try (GnuPg gpg = new GnuPg()) {
      String key = gpg.makeKey("Taken back", "ed25519", "sign", "0");
      byte[] signature = gpg.sign(key, BODY);
      Path before = gpg.export(folder.resolve("before"));
      Path secret = gpg.exportSecret(folder.resolve("secret"));
      gpg.revoke(key);
      Path after = gpg.export(folder.resolve("after"));
      Path revokedSecret = gpg.exportSecret(folder.resolve("revoked"));

      assertThat(verdict(before, signature)).isEqualTo(valid(key));
      assertThat(reason(verdict(after, signature))).isEqualTo(Reason.REVOKED);
      for (List<Path> files : List.of(List.of(before, after), List.of(after, before))) {
        Keyring both = new KeyringFiles(files).load();
        assertThat(reason(verdict(both, signature, Instant.now()))).isEqualTo(Reason.REVOKED);
      }
      assertThat(new SecretKeyFile(secret, Optional.empty(), Optional.empty()).load().signer())
          .isEqualTo(key);
      assertThatThrownBy(
              () -> new SecretKeyFile(revokedSecret, Optional.empty(), Optional.empty()).load())
          .hasMessageContaining("no key in it may sign, or it is revoked");
    }
  }

  @Test
  void shouldRefuseARevokedSubkeyButNotItsSister() {
    try (GnuPg gpg = new GnuPg()) {
      String primary = gpg.makeKey("Two", "ed25519", "cert", "0");
      String bad = gpg.makeSubkey(primary, "ed25519", "sign", "0");
      String good = gpg.makeSubkey(primary, "ed25519", "sign", "0");
      byte[] byBad = gpg.sign(bad + "!", BODY);
      byte[] byGood = gpg.sign(good + "!", BODY);
      Path before = gpg.export(folder.resolve("before"));
      gpg.edit(primary, "key " + bad, "revkey", "y", "0", "", "y", "save");
      Path ring = gpg.export(folder.resolve("ring"));
      Keyring both = new KeyringFiles(List.of(before, ring)).load();

      assertThat(reason(verdict(both, byBad, Instant.now()))).isEqualTo(Reason.REVOKED);
      assertThat(reason(verdict(ring, byBad))).isEqualTo(Reason.REVOKED);
      assertThat(verdict(ring, byGood)).isEqualTo(valid(primary));
    }
  }

  @Test
  void shouldSayWhyAKeyMayNotSign() {
    try (GnuPg gpg = new GnuPg()) {
      String weak = gpg.makeKey("Weak", "rsa1024", "sign", "0");
      Path ring = gpg.export(folder.resolve("ring"));

      assertThat(verdict(ring, gpg.sign(weak, BODY)))
          .isEqualTo(
              new Verdict.Invalid(
                  Reason.UNTRUSTED, "key " + weak + ": it has 1024 bits, fewer than 2048"));
    }
  }

  @Test
  void shouldFollowTheKeyring() {
    byte[] signature = GPG.sign(rsa, BODY);
    Path ring = GPG.export(folder.resolve("ring.gpg"), curve);
    var watched = new KeyringFiles(List.of(ring)).watch();
    MessageVerifier verifier =
        MessageVerifier.builder().allow(new GpgVerifier(watched, false)).build();

    assertThat(reason(verifier.verify(bytes(signature), null).verdict()))
        .isEqualTo(Reason.UNTRUSTED);
    GPG.export(ring);
    assertThat(watched.reload()).isTrue();
    assertThat(verifier.verify(bytes(signature), null).verdict()).isEqualTo(valid(rsa));
  }

  @Test
  void shouldGuessTheSchemeOfOldMessages() {
    Path ring = GPG.export(folder.resolve("ring.gpg"));
    ObjectNode message = signed(GPG.sign(rsa, BODY));
    message.remove("crypto");

    assertThat(
            verifier(ring, Instant.now())
                .build()
                .verify(CanonicalJson.write(message), null)
                .verdict())
        .isEqualTo(valid(rsa));
  }

  @Test
  void shouldRefuseAWeakDigestUnlessAllowed() {
    Path ring = GPG.export(folder.resolve("ring.gpg"));
    byte[] sha1 = GPG.sign(rsa, BODY, "--digest-algo", "SHA1");

    assertThat(reason(verdict(ring, sha1))).isEqualTo(Reason.SCHEME_REFUSED);
    Keyring keyring = new KeyringFiles(List.of(ring)).load();
    MessageVerifier lenient =
        MessageVerifier.builder().allow(new GpgVerifier(() -> keyring, true)).build();
    assertThat(lenient.verify(bytes(sha1), null).verdict()).isEqualTo(valid(rsa));
  }

  @Test
  void shouldRefuseOtherKindsOfSignature() {
    Path ring = GPG.export(folder.resolve("ring.gpg"));
    byte[] one = GPG.sign(rsa, BODY);
    byte[] text = GPG.sign(rsa, BODY, "--textmode");
    byte[] critical = GPG.sign(rsa, BODY, "--sig-notation", "!a@example.org=b");
    byte[] harmless = GPG.sign(rsa, BODY, "--sig-notation", "a@example.org=b");
    byte[] two = concat(one, GPG.sign(curve, BODY));

    assertThat(reason(verdict(ring, text))).isEqualTo(Reason.MALFORMED);
    assertThat(reason(verdict(ring, critical))).isEqualTo(Reason.MALFORMED);
    assertThat(reason(verdict(ring, two))).isEqualTo(Reason.MALFORMED);
    assertThat(verdict(ring, harmless)).isEqualTo(valid(rsa));
  }

  @Test
  void shouldApplyThePolicyByFingerprint() {
    Path ring = GPG.export(folder.resolve("ring.gpg"));
    byte[] message = bytes(GPG.sign(curve, BODY));
    RoutingPolicy others = policy(rsa);
    RoutingPolicy own = policy(curve);

    assertThat(
            reason(
                verifier(ring, Instant.now())
                    .policy(() -> others)
                    .build()
                    .verify(message, null)
                    .verdict()))
        .isEqualTo(Reason.NOT_PERMITTED);
    assertThat(
            verifier(ring, Instant.now()).policy(() -> own).build().verify(message, null).verdict())
        .isEqualTo(valid(curve));
  }

  @Test
  void shouldTakeTheAgeFromTheSignatureToo() {
    Path ring = GPG.export(folder.resolve("ring.gpg"));
    Instant later = Instant.now().plus(Duration.ofHours(2));
    ObjectNode fresh = signed(GPG.sign(rsa, BODY)).put("timestamp", later.getEpochSecond());

    assertThat(
            reason(
                verifier(ring, later)
                    .maxAge(Duration.ofHours(1))
                    .build()
                    .verify(CanonicalJson.write(fresh), null)
                    .verdict()))
        .isEqualTo(Reason.STALE);
  }

  @Test
  void shouldAnswerDamagedSignaturesWithAReason() {
    Path ring = GPG.export(folder.resolve("ring.gpg"));
    Keyring keyring = new KeyringFiles(List.of(ring)).load();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (String key : List.of(rsa, curve)) {
      byte[] good = GPG.sign(key, BODY);
      for (int i = 0; i < 2_000; i++) {
        byte[] bad = Mutation.of(good, random);
        Verdict verdict = verdict(keyring, bad, Instant.now());
        boolean changed = !java.util.Arrays.equals(good, bad);
        assertThat(verdict instanceof Verdict.Valid && changed && !Mutation.isHarmless(good, bad))
            .as("seed %d, %s", seed, Base64.getEncoder().encodeToString(bad))
            .isFalse();
      }
    }
  }

  @Test
  void shouldAnswerDamagedKeyringsWithAnException() throws Exception {
    byte[] ring = Files.readAllBytes(GPG.export(folder.resolve("ring.gpg")));
    byte[] box = Files.readAllBytes(GPG.home().resolve("pubring.kbx"));
    Path file = folder.resolve("damaged");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 400; i++) {
      Files.write(file, Mutation.of(i % 2 == 0 ? ring : box, random));
      try {
        new KeyringFiles(List.of(file)).load();
      } catch (TrustException e) {
        assertThat(e).as("seed " + seed).hasMessageContaining("damaged: ");
      }
    }
  }

  @Test
  void shouldRefuseToSignTwiceOrNothing() {
    Path secret = GPG.exportSecret(folder.resolve("secret"), rsa);
    GpgSigner signer = signer(secret, Optional.empty());

    assertThatThrownBy(() -> signer.sign(signed(new byte[1]))).isInstanceOf(SigningException.class);
    assertThatThrownBy(() -> signer.sign(JsonNodeFactory.instance.objectNode()))
        .isInstanceOf(SigningException.class)
        .hasMessageContaining("msg");
  }

  private static GpgSigner signer(Path secret, Optional<String> name) {
    OwnKey key = new SecretKeyFile(secret, Optional.empty(), name).load();
    return new GpgSigner(() -> key, InstantSource.system());
  }

  private static RoutingPolicy policy(String signer) {
    return new RoutingPolicy(List.of(new RoutingPolicy.Rule(TOPIC, Set.of(signer))), false);
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static ObjectNode message() {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("topic", TOPIC);
    message.putObject("msg").put("b", "\u00e9").put("a", 1);
    return message;
  }

  private static ObjectNode signed(byte[] signature) {
    return message()
        .put("crypto", "gpg")
        .put("signature", Base64.getEncoder().encodeToString(signature));
  }

  private static byte[] bytes(byte[] signature) {
    return CanonicalJson.write(signed(signature));
  }

  private static Verdict.Valid valid(String signer) {
    return new Verdict.Valid(signer, Scheme.GPG, Verdict.Coverage.BODY, Optional.empty());
  }

  private static MessageVerifier.Builder verifier(Path ring, Instant now) {
    Keyring keyring = new KeyringFiles(List.of(ring)).load();
    return MessageVerifier.builder()
        .allow(new GpgVerifier(() -> keyring, false))
        .clock(InstantSource.fixed(now));
  }

  private static Verdict verdict(Path ring, byte[] signature) {
    return verdict(ring, signature, Instant.now());
  }

  private static Verdict verdict(Path ring, byte[] signature, Instant now) {
    return verifier(ring, now).build().verify(bytes(signature), null).verdict();
  }

  private static Verdict verdict(Keyring keyring, byte[] signature, Instant now) {
    return MessageVerifier.builder()
        .allow(new GpgVerifier(() -> keyring, false))
        .clock(InstantSource.fixed(now))
        .build()
        .verify(bytes(signature), null)
        .verdict();
  }

  private static Reason reason(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Invalid.class);
    return ((Verdict.Invalid) verdict).reason();
  }
}
