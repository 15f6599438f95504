package org.peal.service.koji;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the TLS settings of a profile. Stateless. */
final class HubTls {

  private HubTls() {}

  /**
   * Returns a context with the certificate and the trust of a profile.
   *
   * @throws KojiSetupException if a file is missing or of no use
   */
  static SSLContext of(KojiProfile profile) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(profile.login()), trust(profile), new SecureRandom());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new KojiSetupException(
          "no TLS for profile " + profile.name() + ": " + e.getMessage(), e);
    }
  }

  private static KeyManager @Nullable [] keys(Login login)
      throws GeneralSecurityException, IOException {
    if (!(login instanceof Login.Certificate certificate)) {
      return null;
    }
    PemFile file = PemFile.read(certificate.file());
    KeyStore store = emptyStore();
    char[] password = new char[0];
    Certificate[] chain = file.certificates().toArray(new Certificate[0]);
    store.setKeyEntry("client", file.key(), password, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  private static TrustManager @Nullable [] trust(KojiProfile profile)
      throws GeneralSecurityException, IOException {
    if (!profile.verifyTls()) {
      return new TrustManager[] {new TrustAll()};
    }
    if (profile.serverCa() == null) {
      return null;
    }
    KeyStore store = emptyStore();
    List<Certificate> authorities = PemFile.read(profile.serverCa()).certificates();
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("ca" + i, authorities.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** Looks at nothing, neither the chain nor the name: {@code no_ssl_verify}. */
  private static final class TrustAll extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
