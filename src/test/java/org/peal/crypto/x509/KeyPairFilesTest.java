package org.peal.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.peal.Watched;
import org.peal.crypto.EllipticKeys;
import org.peal.crypto.KeyKind;
import org.peal.crypto.TrustException;
import org.peal.testing.TestPki;

class KeyPairFilesTest {

  private final TestPki pki = new TestPki();
  private final TestPki.Identity ca = pki.root("CA");
  private final TestPki.Identity one = ca.issue("one");
  private final TestPki.Identity two = ca.issue("two");

  @TempDir Path folder;
  private KeyPairFiles files;

  @BeforeEach
  void write() {
    one.write(folder, "own");
    files = new KeyPairFiles(folder.resolve("own.crt"), folder.resolve("own.key"));
  }

  @ParameterizedTest
  @CsvSource({
    "signer-a.crt, signer-a.key",
    "signer-a.crt, signer-a.pkcs1.key",
    "signer-a-with-text.crt, signer-a.key"
  })
  void load_anyForm_sameKeyAndCertificate(String certificate, String key) {
    OwnKeyPair pair =
        new KeyPairFiles(FedmsgVectors.pki(certificate), FedmsgVectors.pki(key)).load();

    assertThat(pair.key()).isEqualTo(FedmsgVectors.pair("signer-a").key());
    assertThat(pair.certificate()).isEqualTo(FedmsgVectors.pair("signer-a").certificate());
  }

  @Test
  void load_pkcs1OfAnyLength_works() throws Exception {
    // A 512-bit key is short enough for the short form of DER lengths inside.
    for (int bits : new int[] {1024, 1536}) {
      var keys = TestPki.newKeys("RSA", bits);
      TestPki.Identity identity = ca.issue("x", spec -> spec.keys(keys));
      identity.write(folder, "own");
      byte[] pkcs1 =
          org.bouncycastle.asn1.pkcs.PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded())
              .parsePrivateKey()
              .toASN1Primitive()
              .getEncoded();
      Files.writeString(files.key(), Pem.write("RSA PRIVATE KEY", pkcs1));

      assertThat(files.load().key()).isEqualTo(keys.getPrivate());
    }
  }

  @Test
  void load_certificateOfAnotherKey_namesBothFiles() throws Exception {
    Files.writeString(files.certificate(), two.pem());
    assertProblem("own.crt: the certificate does not belong to the key in", "own.key");
  }

  @Test
  void load_encryptedKey_saysSo() throws Exception {
    Files.writeString(files.key(), Pem.write("ENCRYPTED PRIVATE KEY", new byte[] {1}));
    assertProblem("own.key: the private key has a passphrase");
  }

  @Test
  void load_keyThatIsNotRsa_saysSo() throws Exception {
    var keys = TestPki.newKeys("EC", 256);
    Files.writeString(files.key(), Pem.write("PRIVATE KEY", keys.getPrivate().getEncoded()));
    assertProblem(
        "own.key: the private key is P-256, which fedmsg nodes refuse", "crypto.elliptic");
  }

  private KeyPairFiles elliptic() {
    return new KeyPairFiles(files.certificate(), files.key(), EllipticKeys.SIGN);
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void load_anyKind_whenSet(KeyKind kind) {
    KeyPair keys = kind.newKeys(2048);
    ca.issue("x", spec -> spec.keys(keys)).write(folder, "own");
    OwnKeyPair pair = elliptic().load();
    assertThat(pair.kind()).isEqualTo(kind);
    assertThat(pair.key()).isEqualTo(keys.getPrivate());
  }

  @Test
  void load_olderFormOfP256_works() throws Exception {
    KeyPair keys = KeyKind.P256.newKeys(0);
    ca.issue("x", spec -> spec.keys(keys)).write(folder, "own");
    Files.writeString(
        files.key(), Pem.write("EC PRIVATE KEY", sec1(keys, SECObjectIdentifiers.secp256r1)));
    ECPrivateKey loaded = (ECPrivateKey) elliptic().load().key();
    assertThat(loaded.getS()).isEqualTo(((ECPrivateKey) keys.getPrivate()).getS());
  }

  /** The form in which openssl's older commands write keys, with the name of the curve. */
  private static byte[] sec1(KeyPair keys, ASN1ObjectIdentifier curve) throws IOException {
    BigInteger number = ((ECPrivateKey) keys.getPrivate()).getS();
    int bits = ((ECPrivateKey) keys.getPrivate()).getParams().getOrder().bitLength();
    return new org.bouncycastle.asn1.sec.ECPrivateKey(bits, number, curve).getEncoded();
  }

  @Test
  void load_keyThatCannotSign_namesTheFile() throws Exception {
    KeyPair keys = KeyKind.P256.newKeys(0);
    ca.issue("x", spec -> spec.keys(keys)).write(folder, "own");
    byte[] zero =
        new org.bouncycastle.asn1.sec.ECPrivateKey(
                256, BigInteger.ZERO, SECObjectIdentifiers.secp256r1)
            .getEncoded();
    Files.writeString(files.key(), Pem.write("EC PRIVATE KEY", zero));
    assertThatExceptionOfType(TrustException.class)
        .isThrownBy(elliptic()::load)
        .withMessageContaining("own.key");
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyKind.class,
      names = {"ED25519", "P256"})
  void load_certificateOfAnotherKeyOfTheKind_saysSo(KeyKind kind) throws Exception {
    ca.issue("x", spec -> spec.keys(kind.newKeys(0))).write(folder, "own");
    Files.writeString(files.certificate(), ca.issue("y", spec -> spec.keys(kind.newKeys(0))).pem());
    assertThatExceptionOfType(TrustException.class)
        .isThrownBy(elliptic()::load)
        .withMessageContaining("own.crt: the certificate does not belong to the key in");
  }

  @Test
  void load_otherCurve_saysWhatCanBeUsed() throws Exception {
    KeyPair keys = TestPki.newKeys("EC", 384);
    ca.issue("x", spec -> spec.keys(keys)).write(folder, "own");
    for (String text :
        List.of(
            Files.readString(files.key()),
            Pem.write("EC PRIVATE KEY", sec1(keys, SECObjectIdentifiers.secp384r1)))) {
      Files.writeString(files.key(), text);
      assertThatExceptionOfType(TrustException.class)
          .isThrownBy(elliptic()::load)
          .withMessageContaining("not a readable RSA, Ed25519 or P-256 key");
    }
  }

  @Test
  void load_certificateThatIsNotRsa_saysSo() throws Exception {
    var keys = TestPki.newKeys("EC", 256);
    Files.writeString(files.certificate(), ca.issue("ec", spec -> spec.keys(keys)).pem());
    assertProblem("own.crt: the certificate does not belong to the key in");
  }

  @Test
  void load_missingFile_saysSo() throws Exception {
    Files.delete(files.key());
    assertProblem("own.key: no such file");
  }

  @Test
  void load_noPem_saysSo() throws Exception {
    Files.writeString(files.certificate(), "hello\n");
    assertProblem("own.crt: no certificate in PEM form in it");
  }

  @Test
  void load_anyCertificateBytes_neverAnotherException() throws Exception {
    byte[] der = one.certificate().getEncoded();
    for (int cut = 0; cut < der.length; cut += 7) {
      byte[] broken = der.clone();
      broken[cut] ^= 0x55;
      Files.writeString(
          files.certificate(), Pem.write("CERTIFICATE", java.util.Arrays.copyOf(broken, cut)));
      assertProblem("own.crt");
    }
  }

  @Test
  void watch_pairReplacedFileByFile_neverMismatched() throws Exception {
    Watched<OwnKeyPair> pair = files.watch();
    String before = pair.get().certificate();

    Files.writeString(files.key(), two.keyPem());
    assertThat(pair.reload()).isFalse();
    assertThat(pair.get().certificate()).isEqualTo(before);

    Files.writeString(files.certificate(), two.pem());
    assertThat(pair.reload()).isTrue();
    assertThat(pair.get().key()).isEqualTo(two.keys().getPrivate());
    assertThat(pair.get().certificate()).isNotEqualTo(before);
  }

  @Test
  void toString_always_withoutKey() {
    assertThat(files.load()).hasToString("OwnKeyPair[RSA 2048]");
  }

  private void assertProblem(String... parts) {
    assertThatExceptionOfType(TrustException.class)
        .isThrownBy(files::load)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }
}
