package org.peal.service.koji;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.peal.tls.PemException;
import org.peal.tls.PemFile;
import org.peal.tls.TlsContexts;

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
    } catch (GeneralSecurityException | IOException | PemException e) {
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
    return TlsContexts.keys(file, file);
  }

  private static TrustManager @Nullable [] trust(KojiProfile profile)
      throws GeneralSecurityException, IOException {
    if (!profile.verifyTls()) {
      return new TrustManager[] {new TrustAll()};
    }
    if (profile.serverCa() == null) {
      return null;
    }
    return TlsContexts.trust(PemFile.read(profile.serverCa()));
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
