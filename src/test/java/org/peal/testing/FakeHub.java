package org.peal.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.peal.Threads;

/**
 * A small Koji hub over real HTTP on loopback: sessions with call numbers, tags, builds and tasks
 * as a hub keeps them, and troubles on order. Tasks wait until {@link FakeHubState#runTasks}.
 *
 * <p>Thread-safe.
 */
public final class FakeHub implements AutoCloseable {

  /** One request as it came. */
  public record Seen(
      String method, List<@Nullable Object> params, String path, @Nullable String number) {}

  private final HttpServer server;
  private final boolean tls;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Threads.factory("fake-hub"));
  private final CountDownLatch end = new CountDownLatch(1);
  private final FakeHubState state = new FakeHubState();
  private final List<Seen> seen = new ArrayList<>();
  private final Map<String, Deque<HubTrouble>> troubles = new HashMap<>();

  /** Starts one over plain HTTP. */
  public FakeHub() {
    this(null);
  }

  /** Starts one over TLS that asks for client certificates; null for plain HTTP. */
  public FakeHub(@Nullable SSLContext context) {
    tls = context != null;
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      server = tls ? HttpsServer.create(address, 0) : HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (server instanceof HttpsServer secure && context != null) {
      secure.setHttpsConfigurator(askingForCertificates(context));
    }
    server.setExecutor(threads);
    server.createContext("/kojihub", this::handle);
    server.start();
  }

  private static HttpsConfigurator askingForCertificates(SSLContext context) {
    return new HttpsConfigurator(context) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters wanted = context.getDefaultSSLParameters();
        wanted.setWantClientAuth(true);
        parameters.setSSLParameters(wanted);
      }
    };
  }

  /** Returns the address for the setting {@code server}. */
  public URI address() {
    int port = server.getAddress().getPort();
    return URI.create((tls ? "https" : "http") + "://127.0.0.1:" + port + "/kojihub");
  }

  /** Returns what the hub keeps. */
  public FakeHubState state() {
    return state;
  }

  /** Has the next calls of a method meet these troubles, in their order. */
  public synchronized void trouble(String method, HubTrouble... inOrder) {
    troubles.computeIfAbsent(method, any -> new ArrayDeque<>()).addAll(List.of(inOrder));
  }

  /** Returns all requests for a method. */
  public synchronized List<Seen> seen(String method) {
    return seen.stream().filter(request -> request.method().equals(method)).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      answer(exchange);
    } finally {
      exchange.close();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    XmlRpcDom.Request request = XmlRpcDom.request(exchange.getRequestBody().readAllBytes());
    HubTrouble trouble = record(exchange, request);
    HubSession session = HubSession.of(exchange);
    if (trouble instanceof HubTrouble.Fault fault) {
      send(exchange, 200, XmlRpcDom.fault(fault.code(), fault.text()));
    } else if (trouble instanceof HubTrouble.Status status) {
      runIf(status.carriedOut(), exchange, request, session);
      send(exchange, status.code(), "trouble\n");
    } else if (trouble instanceof HubTrouble.Garbage garbage) {
      runIf(garbage.carriedOut(), exchange, request, session);
      send(exchange, 200, garbage.text());
    } else if (trouble instanceof HubTrouble.Cut cut) {
      runIf(cut.carriedOut(), exchange, request, session);
    } else if (trouble instanceof HubTrouble.Silence) {
      run(exchange, request, session);
      await();
    } else {
      state.spoil(session, trouble);
      send(exchange, 200, run(exchange, request, session));
    }
  }

  private synchronized @Nullable HubTrouble record(
      HttpExchange exchange, XmlRpcDom.Request request) {
    String number = exchange.getRequestHeaders().getFirst("Koji-Session-Callnum");
    String path = exchange.getRequestURI().getPath();
    seen.add(new Seen(request.method(), request.params(), path, number));
    Deque<HubTrouble> waiting = troubles.get(request.method());
    return waiting == null ? null : waiting.poll();
  }

  private void runIf(
      boolean wanted, HttpExchange exchange, XmlRpcDom.Request request, HubSession session) {
    if (wanted) {
      run(exchange, request, session);
    }
  }

  private String run(HttpExchange exchange, XmlRpcDom.Request request, HubSession session) {
    try {
      boolean atLogin = exchange.getRequestURI().getPath().endsWith("/ssllogin");
      return XmlRpcDom.result(state.call(request, session, atLogin ? webUser(exchange) : null));
    } catch (HubFault e) {
      return XmlRpcDom.fault(e.code(), e.text());
    }
  }

  /** Returns who the web server says that this is. */
  private static @Nullable String webUser(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header != null && header.startsWith("Negotiate ")) {
      byte[] token = Base64.getDecoder().decode(header.substring("Negotiate ".length()));
      return new String(token, StandardCharsets.UTF_8);
    }
    try {
      return exchange instanceof HttpsExchange secure
          ? secure.getSSLSession().getPeerPrincipal().getName().replaceFirst("^CN=", "")
          : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
