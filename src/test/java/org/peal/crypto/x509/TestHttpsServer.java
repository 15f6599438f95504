package org.peal.crypto.x509;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.peal.BoundedHttp;
import org.peal.testing.TestPki;

/**
 * An https server on loopback, with a certificate made for it that only its own client trusts.
 * {@code /crl.pem} gives the answer set last, with a tag; {@code /to?ADDRESS} redirects.
 */
final class TestHttpsServer implements AutoCloseable {

  private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";

  private final HttpsServer server;
  private final TestPki.Identity identity;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong notModified = new AtomicLong();
  private volatile int status = 404;
  private volatile String text = "";

  TestHttpsServer() {
    KeyPair keys = TestPki.newKeys("RSA", 2048);
    GeneralNames names = new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    identity =
        new TestPki()
            .root(
                "127.0.0.1", spec -> spec.keys(keys).extra(SUBJECT_ALTERNATIVE_NAME, false, names));
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setHttpsConfigurator(new HttpsConfigurator(context(true)));
    server.createContext("/crl.pem", this::crl);
    server.createContext("/to", TestHttpsServer::redirect);
    server.start();
  }

  /** Sets what is answered from now on. */
  void answer(int code, String body) {
    text = body;
    status = code;
  }

  URI address(String path) {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** Returns a client that trusts this server alone. */
  HttpClient client() {
    return BoundedHttp.client().sslContext(context(false)).build();
  }

  long requests() {
    return requests.get();
  }

  /** Returns how often a client had the newest text already. */
  long notModified() {
    return notModified.get();
  }

  private void crl(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    String tag = "\"" + Integer.toHexString(text.hashCode()) + "\"";
    boolean known = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    if (status == 200 && known) {
      notModified.incrementAndGet();
      exchange.sendResponseHeaders(304, -1);
    } else {
      byte[] body = text.getBytes(StandardCharsets.ISO_8859_1);
      exchange.getResponseHeaders().set("ETag", tag);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static void redirect(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", exchange.getRequestURI().getQuery());
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private SSLContext context(boolean serving) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      char[] password = new char[0];
      Certificate[] chain = {identity.certificate()};
      if (serving) {
        store.setKeyEntry("key", identity.keys().getPrivate(), password, chain);
      } else {
        store.setCertificateEntry("ca", chain[0]);
      }
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          serving ? keys.getKeyManagers() : null, serving ? null : trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
