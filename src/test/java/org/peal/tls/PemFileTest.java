package org.peal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemFileTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
  void key_olderFormOfAnEllipticCurve_isRead(String curve)
      throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    KeyPair pair = generator.generateKeyPair();

    ECPrivateKey read = (ECPrivateKey) PemFile.read(write("EC PRIVATE KEY", older(pair))).key();
    assertThat(read.getS()).isEqualTo(((ECPrivateKey) pair.getPrivate()).getS());
    assertThat(read.getParams()).isEqualTo(((ECPrivateKey) pair.getPrivate()).getParams());
  }

  @Test
  void key_olderFormWithoutItsCurve_isRefusedWithTheRemedy() throws IOException {
    byte[] key = {0x30, 6, 2, 1, 1, 4, 1, 7};

    PemFile file = PemFile.read(write("EC PRIVATE KEY", key));

    assertThatExceptionOfType(PemException.class)
        .isThrownBy(file::key)
        .withMessageContaining("openssl pkcs8 -topk8");
  }

  /** What openssl writes: the curve is named inside the key, too. */
  private static byte[] older(KeyPair pair) throws IOException {
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
    var bare = org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(info.parsePrivateKey());
    ASN1Object curve = (ASN1Object) info.getPrivateKeyAlgorithm().getParameters();
    int bits = ((ECPrivateKey) pair.getPrivate()).getParams().getOrder().bitLength();
    return new org.bouncycastle.asn1.sec.ECPrivateKey(bits, bare.getKey(), curve).getEncoded();
  }

  private Path write(String label, byte[] der) throws IOException {
    String text =
        "-----BEGIN %s-----\n%s\n-----END %1$s-----\n"
            .formatted(label, Base64.getMimeEncoder().encodeToString(der));
    return Files.writeString(folder.resolve("key.pem"), text);
  }
}
