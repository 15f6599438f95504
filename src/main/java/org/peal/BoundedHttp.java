package org.peal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request and its answer over HTTP, bounded in time and size. Stateless. */
public final class BoundedHttp {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private BoundedHttp() {}

  /** Returns a client that is never redirected from https to http; its threads are daemons. */
  public static HttpClient.Builder client() {
    return HttpClient.newBuilder()
        .connectTimeout(CONNECT_TIMEOUT)
        .followRedirects(HttpClient.Redirect.NORMAL);
  }

  /**
   * Sends a request and returns the answer, whatever its status.
   *
   * @param timeout how long all of it may take
   * @param maxBytes how long the body may be
   * @throws IOException with a text for people
   */
  public static HttpResponse<byte[]> send(
      HttpClient client, HttpRequest request, Duration timeout, int maxBytes)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, info -> new LimitedBody(maxBytes));
    try {
      // The request's own timeout would end with the headers; this one bounds the body as well.
      return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + timeout.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(describe(cause), cause);
    } finally {
      exchange.cancel(true);
    }
  }

  private static String describe(Throwable problem) {
    String text = problem.getMessage();
    if (text != null) {
      return text;
    }
    return problem instanceof ConnectException
        ? "cannot connect to the server"
        : problem.getClass().getSimpleName();
  }
}
