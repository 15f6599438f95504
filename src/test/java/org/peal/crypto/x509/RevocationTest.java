package org.peal.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.Watched;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Reason;
import org.peal.crypto.Refusal;
import org.peal.crypto.TrustException;
import org.peal.testing.TestPki;

class RevocationTest {

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant BEFORE = NOW.minusSeconds(1);
  private static final Instant AFTER = NOW.plusSeconds(1);

  private final TestPki pki = new TestPki();
  private final TestPki.Identity root = pki.root("Root");
  private final TestPki.Identity middle = root.intermediate("Middle");
  private final TestPki.Identity direct = root.issue("direct");
  private final TestPki.Identity deep = middle.issue("deep");

  @TempDir Path folder;

  @Test
  void judge_listed_revoked() {
    assertThat(reason(root.crl(direct.serial()), direct)).contains(Reason.REVOKED);
    assertThat(detail(root.crl(direct.serial()), direct))
        .isEqualTo("certificate of CN=direct was revoked at 2020-01-01T00:00:00Z");
  }

  @Test
  void judge_notListed_trusted() {
    assertThat(reason(root.crl(BigInteger.TEN), direct)).isEmpty();
  }

  @Test
  void judge_listOfEveryIssuer_needed() {
    assertThat(reason(root.crl() + middle.crl(), deep)).isEmpty();
    assertThat(reason(root.crl(), deep)).contains(Reason.REVOCATION_UNKNOWN);
    assertThat(detail(root.crl(), deep)).contains("CN=Middle: there is none");
    assertThat(reason(middle.crl(), deep)).contains(Reason.REVOCATION_UNKNOWN);
  }

  @Test
  void judge_revokedIntermediate_revoked() {
    assertThat(reason(root.crl(middle.serial()) + middle.crl(), deep)).contains(Reason.REVOKED);
  }

  @Test
  void judge_serialOnListOfOtherIssuer_trusted() {
    assertThat(reason(root.crl(deep.serial()) + middle.crl(), deep)).isEmpty();
  }

  @Test
  void judge_listNotCurrent_unknown() {
    assertThat(detail(root.crl(TestPki.START, BEFORE), direct)).contains("it ended at " + BEFORE);
    assertThat(detail(root.crl(AFTER, TestPki.END), direct)).contains("it starts at " + AFTER);
    assertThat(detail(root.crl(TestPki.START, null), direct)).contains("it has no end");
    assertThat(reason(root.crl(NOW, NOW), direct)).isEmpty();
  }

  @Test
  void judge_graceOfEndedList_servesUntilItsLastInstant() {
    String lists = root.crl(TestPki.START, NOW, direct.serial());
    TrustSnapshot trust = trust(root.pem(), lists, Duration.ofSeconds(10));

    assertAt(trust, ChainTest.field(direct), 10, Reason.REVOKED);
    assertAt(trust, ChainTest.field(direct), 11, Reason.REVOCATION_UNKNOWN);
    assertAt(trust, ChainTest.field(root.issue("other")), 10, null);
    assertAt(trust, ChainTest.field(root.issue("another")), 11, Reason.REVOCATION_UNKNOWN);
  }

  @Test
  void judge_graceOfNewerList_currentOneWins() {
    String newer = root.crl(BEFORE, BEFORE, direct.serial());
    TrustSnapshot trust = trust(root.pem(), newer + root.crl(), Duration.ofDays(1));

    assertAt(trust, ChainTest.field(direct), 0, null);
  }

  @Test
  void judge_listOfAnotherKey_unknown() {
    TestPki.Identity other = pki.root("Root");
    assertThat(detail(other.crl(), direct)).contains("it is signed by another key");
    assertThat(reason(other.crl() + root.crl(), direct)).isEmpty();
  }

  @Test
  void judge_severalLists_newestCurrentOneDecides() {
    String old = root.crl(BEFORE, AFTER, direct.serial());
    String recent = root.crl(NOW, AFTER);
    String ahead = root.crl(AFTER, TestPki.END, direct.serial());

    assertThat(reason(old + recent + ahead, direct)).isEmpty();
    assertThat(reason(recent + old, direct)).isEmpty();
    assertThat(reason(old, direct)).contains(Reason.REVOKED);
  }

  @Test
  void judge_authorityThatMayNotSignLists_unknown() {
    TestPki.Identity mute = pki.root("Mute", spec -> spec.keyUsage(KeyUsage.keyCertSign));
    TrustSnapshot trust = trust(mute.pem(), mute.crl());
    assertThat(ChainTest.reason(trust.judge(ChainTest.field(mute.issue("x")), NOW)))
        .contains(Reason.REVOCATION_UNKNOWN);
  }

  @Test
  void judge_listWithExtensions_onlyHarmlessOnesAreUsable() {
    assertThat(reason(listWith(Extension.cRLNumber, false), direct)).isEmpty();
    assertThat(reason(listWith(new ASN1ObjectIdentifier("1.2.3"), true), direct))
        .contains(Reason.REVOCATION_UNKNOWN);
    assertThat(reason(listWith(Extension.deltaCRLIndicator, true), direct))
        .contains(Reason.REVOCATION_UNKNOWN);
    assertThat(reason(listWith(Extension.issuingDistributionPoint, false), direct))
        .contains(Reason.REVOCATION_UNKNOWN);
  }

  private String listWith(ASN1ObjectIdentifier oid, boolean critical) {
    return root.crl(TestPki.START, TestPki.END, list -> extend(list, oid, critical));
  }

  private static X509v2CRLBuilder extend(
      X509v2CRLBuilder list, ASN1ObjectIdentifier oid, boolean critical) {
    try {
      if (oid.equals(Extension.issuingDistributionPoint)) {
        return list.addExtension(oid, critical, new IssuingDistributionPoint(null, false, false));
      }
      boolean number = oid.equals(Extension.cRLNumber) || oid.equals(Extension.deltaCRLIndicator);
      return list.addExtension(
          oid, critical, number ? new CRLNumber(BigInteger.ONE) : DERNull.INSTANCE);
    } catch (CertIOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void judge_timePassing_changesKeptJudgement() {
    TestPki.Identity leaf = root.issue("leaf", spec -> spec.from(NOW).until(NOW.plusSeconds(100)));
    String lists = root.crl(NOW.plusSeconds(10), NOW.plusSeconds(50));
    TrustSnapshot trust = trust(root.pem(), lists);
    String field = ChainTest.field(leaf);

    // Forwards and backwards: one certificate, one cache entry.
    for (int round = 0; round < 2; round++) {
      assertAt(trust, field, -1, Reason.NOT_YET_VALID);
      assertAt(trust, field, 9, Reason.REVOCATION_UNKNOWN);
      assertAt(trust, field, 10, null);
      assertAt(trust, field, 50, null);
      assertAt(trust, field, 51, Reason.REVOCATION_UNKNOWN);
      assertAt(trust, field, 101, Reason.EXPIRED);
    }
    assertThat(trust.cached()).isOne();
  }

  private static void assertAt(
      TrustSnapshot trust, String field, int seconds, @Nullable Reason expected) {
    assertThat(ChainTest.reason(trust.judge(field, NOW.plusSeconds(seconds))))
        .as("after %d s", seconds)
        .isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void watch_newList_revokesKnownCertificate() {
    TrustFiles files = files(root.pem(), root.crl());
    Watched<TrustSnapshot> trust = files.watch();
    String field = ChainTest.field(direct);
    assertThat(ChainTest.reason(trust.get().judge(field, NOW))).isEmpty();

    files(root.pem(), root.crl(direct.serial()));
    assertThat(trust.reload()).isTrue();

    assertThat(ChainTest.reason(trust.get().judge(field, NOW))).contains(Reason.REVOKED);
  }

  @Test
  void watch_brokenNewFile_oldStaysInForce() {
    TrustFiles files = files(root.pem(), root.crl(direct.serial()));
    Watched<TrustSnapshot> trust = files.watch();

    files("nothing", root.crl());
    assertThat(trust.reload()).isFalse();
    files(root.pem(), "nothing");
    assertThat(trust.reload()).isFalse();

    assertThat(ChainTest.reason(trust.get().judge(ChainTest.field(direct), NOW)))
        .contains(Reason.REVOKED);
  }

  @Test
  void load_unreadableLists_problemNamesFile() {
    assertThatExceptionOfType(TrustException.class)
        .isThrownBy(() -> trust(root.pem(), "nothing"))
        .withMessageContaining("crl.pem: no revocation list in PEM form in it");
    assertThatExceptionOfType(TrustException.class)
        .isThrownBy(() -> trust(root.pem(), Pem.write("X509 CRL", new byte[] {1})))
        .withMessageContaining("crl.pem: revocation list 1: not a revocation list");
  }

  @Test
  void watchFailingClosed_unreadableListsAtStart_unknownUntilMended() {
    TrustFiles files = files(root.pem(), "nothing");
    Watched<TrustSnapshot> trust = files.watchFailingClosed(InstantSource.fixed(NOW));
    String field = ChainTest.field(direct);
    assertThat(ChainTest.reason(trust.get().judge(field, NOW))).contains(Reason.REVOCATION_UNKNOWN);

    files(root.pem(), root.crl());
    trust.reload();
    assertThat(ChainTest.reason(trust.get().judge(field, NOW))).isEmpty();

    files(root.pem(), "nothing");
    trust.reload();
    assertThat(ChainTest.reason(trust.get().judge(field, NOW))).isEmpty();
  }

  @Test
  void loadFailingClosed_noFile_problem() {
    Path ca = TestPki.writeText(folder.resolve("ca.crt"), root.pem());
    TrustFiles files = new TrustFiles(ca, Optional.of(folder.resolve("none.pem")));
    assertThatExceptionOfType(TrustException.class)
        .isThrownBy(files::loadFailingClosed)
        .withMessageContaining("none.pem: no such file");
  }

  private Optional<Reason> reason(String lists, TestPki.Identity leaf) {
    return ChainTest.reason(judge(lists, leaf));
  }

  private String detail(String lists, TestPki.Identity leaf) {
    try {
      judge(lists, leaf).holder();
      return "trusted";
    } catch (Refusal refusal) {
      return refusal.verdict().detail();
    }
  }

  private Judgement judge(String lists, TestPki.Identity leaf) {
    return trust(root.pem() + middle.pem(), lists).judge(ChainTest.field(leaf), NOW);
  }

  private TrustSnapshot trust(String bundle, String lists) {
    return files(bundle, lists).load();
  }

  private TrustSnapshot trust(String bundle, String lists, Duration grace) {
    TrustFiles files = files(bundle, lists);
    return new TrustFiles(files.ca(), files.crl(), grace, CryptoProvider.JDK).load();
  }

  private TrustFiles files(String bundle, String lists) {
    Path ca = TestPki.writeText(folder.resolve("ca.crt"), bundle);
    return new TrustFiles(ca, Optional.of(TestPki.writeText(folder.resolve("crl.pem"), lists)));
  }
}
