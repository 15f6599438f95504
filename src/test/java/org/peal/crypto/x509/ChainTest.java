package org.peal.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.crypto.KeyKind;
import org.peal.crypto.Reason;
import org.peal.crypto.Refusal;
import org.peal.crypto.TrustException;
import org.peal.testing.TestPki;

class ChainTest {

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private final TestPki pki = new TestPki();
  private final TestPki.Identity root = pki.root("Root");

  @TempDir Path folder;

  @Test
  void judge_issuedByRoot_trusted() throws Refusal {
    TestPki.Identity leaf = root.issue("signer");

    Judgement.Holder holder = trust(root.pem()).judge(field(leaf), NOW).holder();

    assertThat(holder.name()).isEqualTo("signer");
    assertThat(holder.key()).isEqualTo(new VerifyingKey(KeyKind.RSA, leaf.keys().getPublic()));
  }

  @Test
  void judge_intermediatesInFile_trusted() {
    TestPki.Identity one = root.intermediate("One");
    TestPki.Identity two = one.intermediate("Two");
    String bundle = two.pem() + one.pem() + root.pem();

    assertThat(reason(bundle, two.issue("signer"))).isEmpty();
    assertThat(reason(root.pem() + two.pem(), two.issue("signer"))).contains(Reason.UNTRUSTED);
    assertThat(reason(root.pem(), one.issue("signer"))).contains(Reason.UNTRUSTED);
  }

  @Test
  void judge_intermediateSentAlong_untrusted() {
    TestPki.Identity one = root.intermediate("One");
    String both = one.issue("signer").pem() + one.pem();

    Judgement judgement = trust(root.pem()).judge(base64(both), NOW);

    assertThat(reason(judgement)).contains(Reason.UNTRUSTED);
  }

  @Test
  void judge_rootItself_untrusted() {
    assertThat(reason(root.pem(), root)).contains(Reason.UNTRUSTED);
  }

  @Test
  void judge_rootIssuedAgainWithSameKey_untrusted() {
    TestPki.Identity again = pki.root("Root", spec -> spec.keys(root.keys()));
    assertThat(reason(root.pem(), again)).contains(Reason.UNTRUSTED);
  }

  @Test
  void judge_selfSigned_untrusted() {
    assertThat(reason(root.pem(), pki.root("signer", spec -> spec.authority(false).keyUsage(null))))
        .contains(Reason.UNTRUSTED);
  }

  @Test
  void judge_otherRootOfSameName_untrusted() {
    TestPki.Identity other = pki.root("Root");
    assertThat(reason(root.pem(), other.issue("signer"))).contains(Reason.UNTRUSTED);
    assertThat(reason(root.pem() + other.pem(), other.issue("signer"))).isEmpty();
  }

  @Test
  void judge_issuerThatIsNoAuthority_untrusted() {
    TestPki.Identity leaf = root.issue("leaf");
    assertThat(reason(root.pem() + leaf.pem(), leaf.issue("signer"))).contains(Reason.UNTRUSTED);
  }

  @Test
  void judge_issuerWithoutCertificateSigning_untrusted() {
    TestPki.Identity one = root.intermediate("One", spec -> spec.keyUsage(KeyUsage.cRLSign));
    assertThat(reason(root.pem() + one.pem(), one.issue("signer"))).contains(Reason.UNTRUSTED);
  }

  @Test
  void judge_pathLengthExceeded_untrusted() {
    TestPki.Identity flat = pki.root("Flat", spec -> spec.pathLength(0));
    TestPki.Identity below = flat.intermediate("Below");

    assertThat(reason(flat.pem(), flat.issue("signer"))).isEmpty();
    assertThat(reason(flat.pem() + below.pem(), below.issue("signer"))).contains(Reason.UNTRUSTED);
  }

  @Test
  void judge_unknownCriticalExtension_untrusted() {
    TestPki.Identity leaf =
        root.issue("signer", spec -> spec.extra("1.2.3.4", true, DERNull.INSTANCE));
    TestPki.Identity harmless =
        root.issue("signer", spec -> spec.extra("1.2.3.4", false, DERNull.INSTANCE));

    assertThat(reason(root.pem(), leaf)).contains(Reason.UNTRUSTED);
    assertThat(reason(root.pem(), harmless)).isEmpty();
  }

  @Test
  void judge_anyPurposeOfLeaf_trusted() {
    TestPki.Identity leaf =
        root.issue(
            "signer",
            spec ->
                spec.keyUsage(KeyUsage.keyEncipherment)
                    .extra(
                        Extension.extendedKeyUsage.getId(),
                        true,
                        new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)));
    assertThat(reason(root.pem(), leaf)).isEmpty();
  }

  @Test
  void judge_nameConstraintsBroken_untrusted() {
    GeneralSubtree only = new GeneralSubtree(new GeneralName(Issuer.named("nobody")));
    NameConstraints constraints = new NameConstraints(new GeneralSubtree[] {only}, null);
    TestPki.Identity one =
        root.intermediate(
            "One", spec -> spec.extra(Extension.nameConstraints.getId(), true, constraints));
    assertThat(reason(root.pem() + one.pem(), one.issue("signer"))).contains(Reason.UNTRUSTED);
  }

  @Test
  void judge_digestThatCanBeForged_untrusted() {
    TestPki.Identity weak = root.issue("signer", spec -> spec.algorithm("MD5withRSA"));
    TestPki.Identity old = root.issue("signer", spec -> spec.algorithm("SHA1withRSA"));

    assertThat(reason(root.pem(), weak)).contains(Reason.UNTRUSTED);
    assertThat(reason(root.pem(), old)).isEmpty();
  }

  @Test
  void judge_datesOfAnyCertificate_count() {
    Instant before = NOW.minusSeconds(1);
    Instant after = NOW.plusSeconds(1);
    TestPki.Identity ended = pki.root("Ended", spec -> spec.until(before));
    TestPki.Identity later = root.intermediate("Later", spec -> spec.from(after));

    assertThat(reason(root.pem(), root.issue("x", spec -> spec.until(before))))
        .contains(Reason.EXPIRED);
    assertThat(reason(root.pem(), root.issue("x", spec -> spec.from(after))))
        .contains(Reason.NOT_YET_VALID);
    assertThat(reason(root.pem(), root.issue("x", spec -> spec.from(NOW).until(NOW)))).isEmpty();
    assertThat(reason(ended.pem(), ended.issue("x"))).contains(Reason.EXPIRED);
    assertThat(reason(root.pem() + later.pem(), later.issue("x"))).contains(Reason.NOT_YET_VALID);
  }

  @Test
  void judge_renewedRoot_eitherOneWillDo() {
    TestPki.Identity old = pki.root("Root", spec -> spec.keys(root.keys()).until(TestPki.START));
    assertThat(reason(old.pem() + root.pem(), root.issue("signer"))).isEmpty();
    assertThat(reason(old.pem(), root.issue("signer"))).contains(Reason.EXPIRED);
  }

  @Test
  void judge_keyOfAnotherKind_trustedWithoutUse() throws Refusal {
    TestPki.Identity leaf = root.issue("ec", spec -> spec.keys(TestPki.newKeys("EC", 384)));
    assertThat(trust(root.pem()).judge(field(leaf), NOW).holder().key())
        .isInstanceOf(UnusableKey.class);
  }

  @Test
  void judge_authorityWithOtherKeys_trusted() {
    TestPki.Identity ec =
        pki.root("EC", spec -> spec.keys(TestPki.newKeys("EC", 256)).algorithm("SHA256withECDSA"));
    TestPki.Identity leaf = ec.issue("signer", spec -> spec.algorithm("SHA256withECDSA"));
    assertThat(reason(ec.pem(), leaf)).isEmpty();
  }

  @Test
  void judge_subjects_firstCommonNameInOrder() {
    assertThat(nameOf("CN=first,CN=second,O=x")).isEqualTo("first");
    assertThat(nameOf("O=x,CN=K\u00f6ln")).isEqualTo("K\u00f6ln");
    assertThat(nameOf("O=x")).isNull();
  }

  @Test
  void judge_encodingMendedByParser_malformed() throws Exception {
    byte[] der = root.issue("signer").certificate().getEncoded();
    int flags = 0;
    for (int i = 2; i < der.length; i++) {
      if (der[i - 2] == 1 && der[i - 1] == 1 && der[i] == -1) {
        byte[] other = der.clone();
        other[i] = 1; // also true, but not DER
        String field = base64(Pem.write("CERTIFICATE", other));
        assertThat(reason(trust(root.pem()).judge(field, NOW))).contains(Reason.MALFORMED);
        flags++;
      }
    }
    assertThat(flags).isPositive();
  }

  @Test
  void judge_hugeCertificate_malformedAndNotKept() {
    TrustSnapshot trust = trust(root.pem());
    String field = field(root.issue("x")) + "\n".repeat(TrustSnapshot.MAX_CERTIFICATE_CHARS);

    assertThat(reason(trust.judge(field, NOW))).contains(Reason.MALFORMED);
    assertThat(trust.cached()).isZero();
  }

  @Test
  void load_badFiles_namedInTheProblem() {
    assertProblem("", "ca.crt: no certificate in PEM form in it");
    assertProblem(root.issue("x").pem(), "ca.crt: no self-signed certificate");
    assertProblem(
        root.pem() + Pem.write("CERTIFICATE", new byte[] {1, 2}), "ca.crt: certificate 2: not a");
  }

  private void assertProblem(String bundle, String problem) {
    assertThatExceptionOfType(TrustException.class)
        .isThrownBy(() -> trust(bundle))
        .withMessageContaining(problem);
  }

  private @Nullable String nameOf(String subject) {
    TestPki.Identity leaf = root.issue("", spec -> spec.subject(subject));
    return Certificates.commonName(leaf.certificate());
  }

  private Optional<Reason> reason(String bundle, TestPki.Identity leaf) {
    return reason(trust(bundle).judge(field(leaf), NOW));
  }

  static Optional<Reason> reason(Judgement judgement) {
    try {
      judgement.holder();
      return Optional.empty();
    } catch (Refusal refusal) {
      return Optional.of(refusal.verdict().reason());
    }
  }

  private TrustSnapshot trust(String bundle) {
    Path file = TestPki.writeText(folder.resolve("ca.crt"), bundle);
    return new TrustFiles(file, Optional.empty()).load();
  }

  static String field(TestPki.Identity identity) {
    return base64(identity.pem());
  }

  private static String base64(String pem) {
    return Base64Lines.encode(Messages.utf8(pem));
  }
}
