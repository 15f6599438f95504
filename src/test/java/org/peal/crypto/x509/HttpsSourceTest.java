package org.peal.crypto.x509;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.KeptCopy;
import org.peal.crypto.CryptoProvider;
import org.peal.crypto.Location;
import org.peal.crypto.Reason;
import org.peal.crypto.TrustException;
import org.peal.testing.TestPki;

class HttpsSourceTest {

  private final AtomicLong now = new AtomicLong(1);

  @TempDir Path folder;
  private TestHttpsServer server;

  @BeforeEach
  void start() {
    server = new TestHttpsServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpsSource source() {
    return source(server.address("/crl.pem"));
  }

  private HttpsSource source(URI address) {
    return new HttpsSource(
        address,
        server.client(),
        HttpsSourceTest::refuseBad,
        Optional.of(KeptCopy.of(folder, address, HttpsSource.MAX_BYTES)),
        now::get,
        new Random(1));
  }

  private KeptCopy copy() {
    return KeptCopy.of(folder, server.address("/crl.pem"), HttpsSource.MAX_BYTES);
  }

  private static void refuseBad(String text, Object source) {
    if (text.startsWith("bad")) {
      throw new TrustException(source + ": bad text", null);
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void read_reachable_fetchesOnceAndKeepsACopy() throws Exception {
    server.answer(200, "one");
    HttpsSource source = source();

    assertThat(source.read()).isEqualTo("one");
    assertThat(source.read()).isEqualTo("one");

    assertThat(server.requests()).isOne();
    assertThat(copy().read()).contains("one");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy().file())))
        .isEqualTo("rw-------");
  }

  @Test
  void refresh_beforeItIsDue_asksNobody() {
    server.answer(200, "one");
    HttpsSource source = source();
    source.refresh();
    assertThat(server.requests()).isZero();
    source.read();
    pass(HttpsSource.REFRESH.multipliedBy(8).dividedBy(10));
    source.refresh();

    assertThat(server.requests()).isOne();
  }

  @Test
  void refresh_changedText_newStamp() {
    server.answer(200, "one");
    HttpsSource source = source();
    source.read();
    Object before = source.stamp();
    server.answer(200, "two");
    pass(HttpsSource.REFRESH.multipliedBy(2));
    source.refresh();

    assertThat(source.read()).isEqualTo("two");
    assertThat(source.stamp()).isNotEqualTo(before);
  }

  @Test
  void refresh_sameText_isAskedForWithItsTag() {
    server.answer(200, "one");
    HttpsSource source = source();
    source.read();
    Object before = source.stamp();
    pass(HttpsSource.REFRESH.multipliedBy(2));
    source.refresh();

    assertThat(server.notModified()).isOne();
    assertThat(source.read()).isEqualTo("one");
    assertThat(source.stamp()).isEqualTo(before);
  }

  @Test
  void refresh_badText_oldStaysAndIsAskedForSooner() {
    server.answer(200, "one");
    HttpsSource source = source();
    source.read();
    server.answer(200, "bad");
    pass(HttpsSource.REFRESH.multipliedBy(2));
    source.refresh();
    assertThat(source.read()).isEqualTo("one");

    server.answer(200, "two");
    pass(HttpsSource.FIRST_RETRY.multipliedBy(2));
    source.refresh();
    assertThat(source.read()).isEqualTo("two");
  }

  @Test
  void refresh_failures_waitLongerEachTimeUpToAnHour() {
    server.answer(200, "one");
    HttpsSource source = source();
    source.read();
    server.answer(503, "");
    for (int minute = 0; minute < 24 * 60; minute++) {
      pass(Duration.ofMinutes(1));
      source.refresh();
    }

    assertThat(server.requests()).isBetween(24L, 40L);
    assertThat(source.read()).isEqualTo("one");
  }

  @Test
  void read_unreachableWithoutCopy_failsWithTheReason() {
    server.answer(404, "no");
    assertThatExceptionOfType(TrustException.class)
        .isThrownBy(() -> source().read())
        .withMessage(
            "cannot fetch "
                + server.address("/crl.pem")
                + ": the server answers with status 404, and no copy of it is kept");
  }

  @Test
  void read_unreachableWithCopy_usesItUntilReachable() {
    server.answer(200, "one");
    source().read();
    server.answer(500, "");
    HttpsSource next = source();
    assertThat(next.read()).isEqualTo("one");

    server.answer(200, "two");
    pass(HttpsSource.FIRST_RETRY.multipliedBy(2));
    next.refresh();
    assertThat(next.read()).isEqualTo("two");
  }

  @Test
  void read_copyOfNoUse_isRefused() throws Exception {
    server.answer(500, "");
    copy().write("bad");
    assertThatExceptionOfType(TrustException.class).isThrownBy(() -> source().read());

    copy().write("good");
    Files.setPosixFilePermissions(copy().file(), PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThatExceptionOfType(TrustException.class).isThrownBy(() -> source().read());
  }

  @Test
  void read_largerThanAllowed_isRefused() {
    server.answer(200, "x".repeat(HttpsSource.MAX_BYTES + 1));
    assertThatExceptionOfType(TrustException.class)
        .isThrownBy(() -> source().read())
        .withMessageContaining("larger than " + HttpsSource.MAX_BYTES + " bytes");
  }

  @Test
  void read_redirected_toHttpsOnly() {
    server.answer(200, "one");
    assertThat(source(server.address("/to?" + server.address("/crl.pem"))).read()).isEqualTo("one");
    assertThatExceptionOfType(TrustException.class)
        .isThrownBy(() -> source(server.address("/to?http://127.0.0.1:1/crl.pem")).read())
        .withMessageContaining("status 302");
  }

  @Test
  void read_serverOfAnotherAuthority_isRefused() {
    server.answer(200, "one");
    try (TestHttpsServer other = new TestHttpsServer()) {
      HttpsSource source =
          new HttpsSource(
              server.address("/crl.pem"),
              other.client(),
              HttpsSourceTest::refuseBad,
              Optional.empty(),
              now::get,
              new Random(1));
      assertThatExceptionOfType(TrustException.class)
          .isThrownBy(source::read)
          .withMessageContaining("PKIX");
    }
  }

  @Test
  void read_bytesBeyondAscii_areKeptOneForOne() {
    server.answer(200, "\u00e9");
    assertThat(source().read().getBytes(ISO_8859_1)).containsExactly(0xe9);
  }

  @Test
  void read_firstText_isNoChange() {
    server.answer(200, "one");
    HttpsSource source = source();
    Object before = source.stamp();
    source.read();

    assertThat(source.stamp()).isEqualTo(before);
  }

  @Test
  void read_nobodyThere_saysSo() {
    server.close();
    assertThatExceptionOfType(TrustException.class)
        .isThrownBy(() -> source().read())
        .withMessageContaining("cannot connect to the server");
  }

  @Test
  void trustFiles_listAtAnAddress_isUsedAndFollowed() {
    TestPki.Identity root = new TestPki().root("Root");
    TestPki.Identity leaf = root.issue("leaf");
    Path ca = TestPki.writeText(folder.resolve("ca.crt"), root.pem());
    TrustFiles files =
        new TrustFiles(
            Location.of(ca),
            Optional.of(new Location.Https(server.address("/crl.pem"))),
            Duration.ZERO,
            CryptoProvider.JDK);
    TrustSources sources = TrustSources.of(files, Optional.empty(), server::client);

    server.answer(200, "nothing");
    assertThatExceptionOfType(TrustException.class)
        .isThrownBy(() -> sources.loadFailingClosed())
        .withMessageContaining("no revocation list in PEM form in it");

    server.answer(200, root.crl(leaf.serial()));
    TrustSources mended = TrustSources.of(files, Optional.empty(), server::client);
    assertThat(ChainTest.reason(mended.load().judge(ChainTest.field(leaf), TestPki.START)))
        .contains(Reason.REVOKED);
  }
}
