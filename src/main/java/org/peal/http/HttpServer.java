package org.peal.http;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a few small pages that are made when they are asked for. Thread-safe.
 *
 * <p>Connections, threads, the size of a request and the time without a byte are limited; a request
 * with another method than GET or HEAD is refused, its body is never read.
 */
public final class HttpServer implements AutoCloseable {

  static final int MAX_CONNECTIONS = 64;
  static final int MAX_HEADER_BYTES = 8192;

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final int THREADS = 8;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Server server;
  private final ServerConnector connector;

  /**
   * Starts to serve.
   *
   * @param host the address to listen on
   * @param port 0 for any that is free
   * @param pages what is said by path, such as {@code /livez}; called by several threads
   * @throws HttpException if it cannot listen
   */
  public HttpServer(String host, int port, Map<String, Supplier<Answer>> pages) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
    threads.setName("peal-http");
    threads.setDaemon(true);
    server = new Server(threads);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(limits()));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setAcceptQueueSize(MAX_CONNECTIONS);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    server.setErrorHandler(
        (request, response, callback) -> {
          int status = response.getStatus();
          send(response, callback, Answer.text(status, "refused: HTTP status " + status + "\n"));
          return true;
        });
    server.setHandler(new Pages(Map.copyOf(pages)));
    start(host + ":" + port);
  }

  private static HttpConfiguration limits() {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    return http;
  }

  private void start(String where) {
    try {
      server.start();
    } catch (Exception e) {
      close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new HttpException("cannot listen on " + where + ": " + cause.getMessage(), e);
    }
  }

  /** Returns the port that it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("the HTTP server does not stop", e);
    }
  }

  private static void send(Response response, Callback callback, Answer answer) {
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    Content.Sink.write(response, true, answer.text(), callback);
  }

  private static final class Pages extends Handler.Abstract.NonBlocking {
    private final Map<String, Supplier<Answer>> pages;

    Pages(Map<String, Supplier<Answer>> pages) {
      this.pages = pages;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      send(response, callback, answer(request, response));
      return true;
    }

    private Answer answer(Request request, Response response) {
      String method = request.getMethod();
      if (!HttpMethod.GET.is(method) && !HttpMethod.HEAD.is(method)) {
        response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        return Answer.text(405, "only GET and HEAD are answered\n");
      }
      Supplier<Answer> page = pages.get(Request.getPathInContext(request));
      if (page == null) {
        return Answer.text(404, "no such page; there are " + pages.keySet() + "\n");
      }
      try {
        return page.get();
      } catch (RuntimeException e) {
        LOG.error("a page cannot be made", e);
        return Answer.text(500, "a fault of peal itself, see its log\n");
      }
    }
  }
}
