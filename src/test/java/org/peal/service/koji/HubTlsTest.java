package org.peal.service.koji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.PealException.Category;
import org.peal.testing.FakeHub;
import org.peal.testing.HubTrouble;
import org.peal.testing.TestPki;

/** Logging in where TLS or a web server says who the user is. */
class HubTlsTest {

  private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
  private static final char[] NO_PASSWORD = {};

  @TempDir Path folder;
  private final TestPki pki = new TestPki();
  private final TestPki.Identity authority = pki.root("Hub CA");
  private final TestPki.Identity client = authority.issue("mts");
  private FakeHub hub;
  private Path serverCa;

  @BeforeEach
  void start() throws GeneralSecurityException, IOException {
    hub = new FakeHub(serving());
    serverCa = Files.writeString(folder.resolve("ca.crt"), authority.pem());
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void logIn_clientCertificate_isTheUserOfItsCommonName() throws IOException {
    Path pem = Files.writeString(folder.resolve("c.pem"), client.keyPem() + client.pem());
    assertThat(userBy(new Login.Certificate(pem))).isEqualTo("mts");
    assertThat(hub.seen("sslLogin").get(0).path()).isEqualTo("/kojihub/ssllogin");
  }

  @Test
  void logIn_keyInTheOldFormOfRsa_isRead() throws IOException {
    byte[] old =
        PrivateKeyInfo.getInstance(client.keys().getPrivate().getEncoded())
            .parsePrivateKey()
            .toASN1Primitive()
            .getEncoded();
    String key =
        "-----BEGIN RSA PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(old)
            + "\n-----END RSA PRIVATE KEY-----\n";
    Path pem = Files.writeString(folder.resolve("c.pem"), client.pem() + key);
    assertThat(userBy(new Login.Certificate(pem))).isEqualTo("mts");
  }

  @Test
  void logIn_expiredSession_isRenewedByTheCertificate() throws IOException {
    Path pem = Files.writeString(folder.resolve("c.pem"), client.keyPem() + client.pem());
    hub.trouble("getLoggedInUser", new HubTrouble.Expiry());
    assertThat(userBy(new Login.Certificate(pem))).isEqualTo("mts");
    assertThat(hub.seen("sslLogin")).hasSize(2);
    assertThat(hub.state().sessionsMade()).isEqualTo(1);
  }

  @Test
  void logIn_kerberosToken_goesWithTheLoginAlone() {
    NegotiateTokens tokens = host -> ("user@" + host).getBytes(StandardCharsets.UTF_8);
    KojiProfile profile = profile(new Login.Kerberos(null), serverCa, true);
    try (KojiSession session = new KojiSession(profile, XmlRpcLimits.REPLY, tokens)) {
      assertThat(new Koji(session).loggedInUser().orElseThrow().name()).isEqualTo("user@127.0.0.1");
    }
  }

  @Test
  void logIn_withoutCertificate_isRefused() {
    KojiProfile profile = profile(new Login.Kerberos(null), serverCa, true);
    hub.trouble("sslLogin", new HubTrouble.Status(401, false));
    try (KojiSession session = new KojiSession(profile, XmlRpcLimits.REPLY, host -> new byte[1])) {
      assertThatExceptionOfType(KojiLoginException.class)
          .isThrownBy(session::logIn)
          .withMessageContaining("HTTP status 401");
    }
  }

  @Test
  void call_hubThatIsNotTrusted_isRefusedAfterOneTry() throws IOException {
    Path other = Files.writeString(folder.resolve("o.crt"), pki.root("Other CA").pem());
    for (Path trust : new Path[] {other, null}) {
      try (KojiSession session = new KojiSession(profile(new Login.Anonymous(), trust, true))) {
        assertThatExceptionOfType(KojiTransportException.class)
            .isThrownBy(() -> new Koji(session).hello())
            .matches(e -> e.category() == Category.PERMANENT);
      }
    }
    assertThat(hub.seen("hello")).isEmpty();
  }

  @Test
  void call_withoutVerification_trustsAnybody() {
    try (KojiSession session = new KojiSession(profile(new Login.Anonymous(), null, false))) {
      assertThat(new Koji(session).hello()).isEqualTo("Hello World");
    }
  }

  @Test
  void of_fileOfNoUse_isRefusedByItsName() throws IOException {
    for (String text :
        new String[] {
          "",
          client.pem(),
          client.keyPem(),
          client.pem() + "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n",
          client.pem() + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
          "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + client.keyPem()
        }) {
      Path pem = Files.writeString(folder.resolve("bad.pem"), text);
      assertThatExceptionOfType(KojiSetupException.class)
          .isThrownBy(() -> HubTls.of(profile(new Login.Certificate(pem), null, true)))
          .withMessageContaining("bad.pem");
    }
  }

  private String userBy(Login login) {
    try (KojiSession session = new KojiSession(profile(login, serverCa, true))) {
      return new Koji(session).loggedInUser().orElseThrow().name();
    }
  }

  private KojiProfile profile(Login login, @Nullable Path trust, boolean verify) {
    RetryPolicy retries = Profiles.of(hub.address(), login).retries();
    return new KojiProfile(
        "test", hub.address(), login, trust, verify, Profiles.LONG, Profiles.LONG, retries);
  }

  private SSLContext serving() throws GeneralSecurityException, IOException {
    GeneralNames names = new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    TestPki.Identity server =
        authority.issue("127.0.0.1", spec -> spec.extra(SUBJECT_ALTERNATIVE_NAME, false, names));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    Certificate[] chain = {server.certificate()};
    store.setKeyEntry("key", server.keys().getPrivate(), NO_PASSWORD, chain);
    store.setCertificateEntry("ca", authority.certificate());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
    return context;
  }
}
