package org.peal.service.koji;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.peal.BodyTooLargeException;
import org.peal.BoundedHttp;

/** One try of one call at a hub: sends it, reads the answer, says what failed. Thread-safe. */
final class HubConnection {

  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
  private static final int OK = 200;
  private static final int REDIRECT = 300;
  private static final int CLIENT_ERROR = 400;

  private final URI server;
  private final HttpClient client;
  private final XmlRpcLimits limits;

  HubConnection(KojiProfile profile, XmlRpcLimits limits) {
    this.server = profile.server();
    this.limits = limits;
    HttpClient.Builder builder =
        BoundedHttp.client()
            // A redirected POST would become a GET, and the session would go elsewhere.
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    boolean tls =
        server.getScheme().equals("https") || profile.login() instanceof Login.Certificate;
    this.client = (tls ? builder.sslContext(HubTls.of(profile)) : builder).build();
  }

  /** Calls without a session. */
  @Nullable Object post(byte[] body, Duration timeout) {
    return send(request(server, body), timeout);
  }

  /** Calls within a session, under a number. */
  @Nullable Object post(byte[] body, SessionKeys keys, long number, Duration timeout) {
    return send(inSession(server, body, keys, number), timeout);
  }

  /**
   * Logs in where the web server asks for a certificate or a token.
   *
   * @param token to be negotiated; null for none
   * @param keys of the session to be renewed; null for a new one
   */
  @Nullable Object postLogin(
      byte[] body,
      byte @Nullable [] token,
      @Nullable SessionKeys keys,
      long number,
      Duration timeout) {
    URI address = URI.create("https" + server.toString().replaceFirst("^https?", "") + "/ssllogin");
    HttpRequest.Builder request =
        keys == null ? request(address, body) : inSession(address, body, keys, number);
    if (token != null) {
      request.header("Authorization", "Negotiate " + Base64.getEncoder().encodeToString(token));
    }
    return send(request, timeout);
  }

  private static HttpRequest.Builder inSession(
      URI address, byte[] body, SessionKeys keys, long number) {
    if (!keys.inHeaders()) {
      String key = URLEncoder.encode(keys.key(), StandardCharsets.UTF_8);
      String query = "?session-id=" + keys.id() + "&session-key=" + key + "&callnum=" + number;
      return request(URI.create(address + query), body);
    }
    return request(address, body)
        .header("Koji-Session-Id", Long.toString(keys.id()))
        .header("Koji-Session-Key", keys.key())
        .header("Koji-Session-Callnum", Long.toString(number))
        // The name that hubs from 1.31 to 1.34 look for.
        .header("Koji-Callnum", Long.toString(number));
  }

  private static HttpRequest.Builder request(URI address, byte[] body) {
    return HttpRequest.newBuilder(address)
        .header("Content-Type", "text/xml")
        .header("User-Agent", "peal")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private @Nullable Object send(HttpRequest.Builder request, Duration timeout) {
    HttpResponse<byte[]> response;
    try {
      response = BoundedHttp.send(client, request.build(), timeout, limits.maxBytes());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KojiTransportException.stopped("interrupted while waiting for " + server, true);
    } catch (IOException e) {
      throw failure(e);
    }
    if (response.statusCode() != OK) {
      throw failure(response);
    }
    return XmlRpcReader.reply(response.body(), limits);
  }

  private KojiException failure(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    String text = server + " answers with HTTP status " + status;
    if (status == 401 || status == 403) {
      return KojiLoginException.byWebServer(text);
    }
    if (PASSING.contains(status)) {
      return KojiTransportException.unanswered(text, null);
    }
    if (status >= REDIRECT && status < CLIENT_ERROR) {
      String where = response.headers().firstValue("Location").orElse("nowhere");
      text += ", leading to " + where;
    }
    return KojiTransportException.refused(text, null);
  }

  private KojiException failure(IOException problem) {
    String text = server + ": " + problem.getMessage();
    if (has(problem, List.of(BodyTooLargeException.class))) {
      return KojiReplyException.tooLarge(text, problem);
    }
    if (has(problem, List.of(SSLHandshakeException.class)) && !has(problem, CUT_OFF)) {
      return KojiTransportException.refused(text, problem);
    }
    if (has(problem, List.of(GeneralSecurityException.class))) {
      return KojiTransportException.refused(text, problem);
    }
    return has(problem, UNREACHABLE)
        ? KojiTransportException.unreachable(text, problem)
        : KojiTransportException.unanswered(text, problem);
  }

  private static final List<Class<? extends Throwable>> CUT_OFF = List.of(EOFException.class);

  private static final List<Class<? extends Throwable>> UNREACHABLE =
      List.of(
          ConnectException.class,
          NoRouteToHostException.class,
          UnknownHostException.class,
          UnresolvedAddressException.class,
          HttpConnectTimeoutException.class);

  private static boolean has(Throwable problem, List<? extends Class<? extends Throwable>> kinds) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      Throwable current = cause;
      if (kinds.stream().anyMatch(kind -> kind.isInstance(current))) {
        return true;
      }
    }
    return false;
  }
}
