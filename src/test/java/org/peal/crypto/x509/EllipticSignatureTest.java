package org.peal.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.EllipticKeys;
import org.peal.crypto.KeyKind;
import org.peal.crypto.Location;
import org.peal.crypto.MessageVerifier;
import org.peal.crypto.Reason;
import org.peal.crypto.Sha256;
import org.peal.crypto.Verdict;
import org.peal.json.CanonicalJson;
import org.peal.message.Scheme;
import org.peal.testing.TestPki;

/** Signatures by keys that fedmsg does not know, as {@code docs/wire-format.md} tells. */
class EllipticSignatureTest {

  private static final String ORDER =
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

  private static final String ED25519_ORDER =
      "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed";

  private final TestPki.Identity root = new TestPki().root("Root");

  @TempDir Path folder;
  private Path ca;

  @BeforeEach
  void trustRoot() {
    ca = TestPki.writeText(folder.resolve("ca.crt"), root.pem());
  }

  private TestPki.Identity issue(KeyPair keys) {
    return root.issue("signer", spec -> spec.keys(keys));
  }

  private Verdict judge(
      ObjectNode message, CryptoProvider provider, Sha256 sha256, EllipticKeys elliptic) {
    TrustFiles files = new TrustFiles(Location.of(ca), Optional.empty(), Duration.ZERO, provider);
    TrustSnapshot trust = files.load();
    return MessageVerifier.builder()
        .allow(new X509Verifier(() -> trust, sha256, elliptic))
        .clock(InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)))
        .build()
        .verify(CanonicalJson.write(message), null)
        .verdict();
  }

  private Optional<Reason> reason(ObjectNode message) {
    return judge(message, CryptoProvider.JDK, Sha256.OFF, EllipticKeys.ACCEPT)
        .fold(valid -> Optional.empty(), invalid -> Optional.of(invalid.reason()));
  }

  private String detail(ObjectNode message, EllipticKeys elliptic) {
    return ((Verdict.Invalid) judge(message, CryptoProvider.JDK, Sha256.OFF, elliptic)).detail();
  }

  static Stream<Arguments> kindsAndProviders() {
    return Stream.of(KeyKind.ED25519, KeyKind.P256)
        .flatMap(
            kind ->
                Stream.of(
                    Arguments.of(kind, CryptoProvider.JDK, CryptoProvider.FAST),
                    Arguments.of(kind, CryptoProvider.FAST, CryptoProvider.JDK)));
  }

  @ParameterizedTest
  @MethodSource("kindsAndProviders")
  void sign_byOneProvider_validByTheOther(
      KeyKind kind, CryptoProvider signing, CryptoProvider verifying) {
    OwnKeyPair pair = Messages.pair(issue(kind.newKeys(0)));
    ObjectNode signed =
        new X509Signer(() -> pair, signing, true).sign(FedmsgVectors.object(Messages.UNSIGNED));

    // No second signature is needed where the first one does without SHA-1.
    assertThat(signed.has("headers")).isFalse();
    assertThat(Base64.getMimeDecoder().decode(signed.get("signature").textValue())).hasSize(64);
    assertThat(judge(signed, verifying, Sha256.REQUIRE, EllipticKeys.ACCEPT))
        .isEqualTo(
            new Verdict.Valid("signer", Scheme.X509, Verdict.Coverage.ENVELOPE, Optional.of(kind)));
    signed.put("timestamp", 1);
    assertThat(reason(signed)).contains(Reason.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyKind.class,
      names = {"ED25519", "P256"})
  void verify_notAccepted_refusedAndTheSettingNamed(KeyKind kind) {
    ObjectNode signed = Messages.sign(issue(kind.newKeys(0)), Messages.UNSIGNED);
    assertThat(judge(signed, CryptoProvider.JDK, Sha256.OFF, EllipticKeys.OFF))
        .isInstanceOfSatisfying(
            Verdict.Invalid.class,
            invalid -> {
              assertThat(invalid.reason()).isEqualTo(Reason.BAD_SIGNATURE);
              assertThat(invalid.detail()).contains(kind.title(), "crypto.elliptic");
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyKind.class,
      names = {"ED25519", "P256"})
  void verify_signatureOfWrongLength_bad(KeyKind kind) {
    ObjectNode signed = Messages.sign(issue(kind.newKeys(0)), Messages.UNSIGNED);
    byte[] good = Base64.getMimeDecoder().decode(signed.get("signature").textValue());
    for (int length : new int[] {0, 1, 32, 63, 65, 128, 256}) {
      signed.put("signature", Base64Lines.encode(Arrays.copyOf(good, length)));
      assertThat(reason(signed)).as("%d bytes", length).contains(Reason.BAD_SIGNATURE);
    }
  }

  @Test
  void verify_byTheKeyOfTheCertificateAlone() {
    TestPki.Identity edwards = issue(KeyKind.ED25519.newKeys(0));
    TestPki.Identity p256 = issue(KeyKind.P256.newKeys(0));
    ObjectNode signed = Messages.sign(edwards, Messages.UNSIGNED);
    for (TestPki.Identity other : new TestPki.Identity[] {p256, root.issue("signer")}) {
      signed.put("certificate", ChainTest.field(other));
      assertThat(reason(signed)).contains(Reason.BAD_SIGNATURE);
    }
    ObjectNode byP256 = Messages.sign(p256, Messages.UNSIGNED);
    byP256.put("certificate", ChainTest.field(edwards));
    assertThat(reason(byP256)).contains(Reason.BAD_SIGNATURE);
  }

  @Test
  void verify_p256NumbersOutOfRange_bad() {
    ObjectNode signed = Messages.sign(issue(KeyKind.P256.newKeys(0)), Messages.UNSIGNED);
    byte[] good = Base64.getMimeDecoder().decode(signed.get("signature").textValue());
    String r = HexFormat.of().formatHex(good, 0, 32);
    String s = HexFormat.of().formatHex(good, 32, 64);
    String zero = "0".repeat(64);
    for (String bad : new String[] {zero + zero, zero + s, r + zero, ORDER + s, r + ORDER}) {
      signed.put("signature", Base64Lines.encode(HexFormat.of().parseHex(bad)));
      assertThat(reason(signed)).as(bad).contains(Reason.BAD_SIGNATURE);
    }
  }

  @Test
  void verify_p256InDer_bad() throws GeneralSecurityException {
    KeyPair keys = KeyKind.P256.newKeys(0);
    ObjectNode signed = Messages.sign(issue(keys), Messages.UNSIGNED);
    ObjectNode text = signed.deepCopy();
    text.remove("signature");
    text.remove("certificate");
    Signature der = Signature.getInstance("SHA256withECDSA");
    der.initSign(keys.getPrivate());
    der.update(CanonicalJson.write(text));
    signed.put("signature", Base64Lines.encode(der.sign()));
    assertThat(reason(signed)).contains(Reason.BAD_SIGNATURE);
  }

  /** Anybody can make one ECDSA signature of another: nothing may depend on there being one. */
  @Test
  void verify_p256WithTheOtherNumber_validAndTheSameMessage() {
    ObjectNode signed = Messages.sign(issue(KeyKind.P256.newKeys(0)), Messages.UNSIGNED);
    byte[] good = Base64.getMimeDecoder().decode(signed.get("signature").textValue());
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(good, 32, 64));
    String other =
        HexFormat.of().formatHex(good, 0, 32)
            + "%064x".formatted(new BigInteger(ORDER, 16).subtract(s));
    signed.put("signature", Base64Lines.encode(HexFormat.of().parseHex(other)));
    assertThat(reason(signed)).isEmpty();
  }

  /** Of Ed25519 there is only one: a number that is greater by the order says the same. */
  @ParameterizedTest
  @MethodSource("providers")
  void verify_ed25519WithAGreaterNumber_bad(CryptoProvider provider) {
    ObjectNode signed = Messages.sign(issue(KeyKind.ED25519.newKeys(0)), Messages.UNSIGNED);
    byte[] bytes = Base64.getMimeDecoder().decode(signed.get("signature").textValue());
    BigInteger greater = littleEndian(bytes).add(new BigInteger(ED25519_ORDER, 16));
    for (int i = 0; i < 32; i++) {
      bytes[32 + i] = greater.shiftRight(8 * i).byteValue();
    }
    signed.put("signature", Base64Lines.encode(bytes));
    assertThat(judge(signed, provider, Sha256.OFF, EllipticKeys.ACCEPT))
        .isInstanceOfSatisfying(
            Verdict.Invalid.class,
            invalid -> assertThat(invalid.reason()).isEqualTo(Reason.BAD_SIGNATURE));
  }

  private static BigInteger littleEndian(byte[] signature) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 63; i >= 32; i--) {
      number = number.shiftLeft(8).or(BigInteger.valueOf(signature[i] & 0xff));
    }
    return number;
  }

  static Stream<CryptoProvider> providers() {
    return Stream.of(CryptoProvider.JDK, CryptoProvider.FAST);
  }

  @Test
  void verify_pealSha256WithAnotherKey_isNotLookedAt() {
    String text = "{\"topic\":\"a\",\"msg\":{},\"headers\":{\"peal-sha256\":\"x\"}}";
    ObjectNode signed = Messages.sign(issue(KeyKind.ED25519.newKeys(0)), text);
    assertThat(reason(signed)).isEmpty();
    ((ObjectNode) signed.get("headers")).put("peal-sha256", "y");
    assertThat(reason(signed)).contains(Reason.BAD_SIGNATURE);
  }

  static Stream<KeyPair> otherKeys() throws GeneralSecurityException {
    return Stream.of(
        TestPki.newKeys("EC", 384),
        TestPki.newKeys("DSA", 1024),
        KeyPairGenerator.getInstance("Ed448").generateKeyPair());
  }

  @ParameterizedTest
  @MethodSource("otherKeys")
  void verify_otherKey_refusedAndSaysWhatIsNot(KeyPair keys) {
    ObjectNode signed = Messages.sign(root.issue("signer"), Messages.UNSIGNED);
    signed.put("certificate", ChainTest.field(issue(keys)));
    assertThat(reason(signed)).contains(Reason.BAD_SIGNATURE);
    assertThat(detail(signed, EllipticKeys.SIGN))
        .contains("neither RSA nor Ed25519 nor ECDSA on the named curve P-256");
  }

  @Test
  void read_curveDescribedInsteadOfNamed_unusable() {
    byte[] named = KeyKind.P256.newKeys(0).getPublic().getEncoded();
    assertThat(HolderKey.read(named, new Signatures(CryptoProvider.JDK)))
        .isInstanceOf(VerifyingKey.class);
    byte[] described = explicit(named);
    assertThat(HolderKey.read(described, new Signatures(CryptoProvider.JDK)))
        .isInstanceOf(UnusableKey.class);
  }

  /** The same key, with the equation of its curve in the place of the name. */
  private static byte[] explicit(byte[] named) {
    SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(named);
    X9ECParameters curve = ECNamedCurveTable.getByName("P-256");
    AlgorithmIdentifier algorithm =
        new AlgorithmIdentifier(info.getAlgorithm().getAlgorithm(), curve);
    try {
      return new SubjectPublicKeyInfo(algorithm, info.getPublicKeyData().getBytes()).getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void read_keyThatIsNone_unusable() {
    byte[] named = KeyKind.P256.newKeys(0).getPublic().getEncoded();
    byte[] offTheCurve = named.clone();
    offTheCurve[named.length - 1] ^= 1;
    Signatures fast = new Signatures(CryptoProvider.FAST);
    for (byte[] bad :
        new byte[][] {{}, {0x30}, Arrays.copyOf(named, named.length - 1), offTheCurve}) {
      assertThat(HolderKey.read(bad, fast)).isInstanceOf(UnusableKey.class);
    }
  }
}
