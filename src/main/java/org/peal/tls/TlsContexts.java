package org.peal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes contexts for clients. Stateless. */
public final class TlsContexts {

  private TlsContexts() {}

  /**
   * Returns a context that trusts some authorities and shows a certificate.
   *
   * @param authorities empty for those of the system
   * @param own the own certificate with its chain; empty to show none
   * @param key the key of the own certificate
   * @throws PemException if a file is of no use
   * @throws GeneralSecurityException if key and certificate do not belong together
   */
  public static SSLContext of(
      Optional<PemFile> authorities, Optional<PemFile> own, Optional<PemFile> key)
      throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManager[] keys = own.isPresent() && key.isPresent() ? keys(own.get(), key.get()) : null;
    TrustManager[] trust = authorities.isPresent() ? trust(authorities.get()) : null;
    context.init(keys, trust, new SecureRandom());
    return context;
  }

  /** Returns what shows the certificates of one file with the key of another. */
  public static KeyManager @Nullable [] keys(PemFile own, PemFile key)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    char[] password = new char[0];
    store.setKeyEntry(
        "client", key.key(), password, own.certificates().toArray(new Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  /** Returns what trusts the authorities of a file and no others. */
  public static TrustManager[] trust(PemFile file) throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    List<Certificate> authorities = file.certificates();
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
}
