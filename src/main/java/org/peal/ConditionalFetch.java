package org.peal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Fetches one address over HTTP, again only if it changed. For one thread.
 *
 * <p>Each fetch is bounded in time and size.
 */
public final class ConditionalFetch {

  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;

  private final HttpClient client;
  private final URI address;
  private final Duration timeout;
  private final int maxBytes;

  /** What the server said about the last text, to be said back to it. */
  private Optional<String> tag = Optional.empty();

  private Optional<String> modified = Optional.empty();

  /** Makes one that has fetched nothing; {@code timeout} and {@code maxBytes} bound each fetch. */
  public ConditionalFetch(HttpClient client, URI address, Duration timeout, int maxBytes) {
    this.client = client;
    this.address = address;
    this.timeout = timeout;
    this.maxBytes = maxBytes;
  }

  /**
   * Returns the text, one character for each byte, or empty if it is the same as last time.
   *
   * @throws IOException with a text for people
   */
  public Optional<String> fetch() throws IOException, InterruptedException {
    HttpResponse<byte[]> response = BoundedHttp.send(client, request(), timeout, maxBytes);
    if (response.statusCode() == NOT_MODIFIED && (tag.isPresent() || modified.isPresent())) {
      return Optional.empty();
    }
    if (response.statusCode() != OK) {
      throw new IOException("the server answers with status " + response.statusCode());
    }
    tag = response.headers().firstValue("ETag");
    modified = response.headers().firstValue("Last-Modified");
    return Optional.of(new String(response.body(), StandardCharsets.ISO_8859_1));
  }

  /** Asks for the whole text next time, because what came was of no use. */
  public void forget() {
    tag = Optional.empty();
    modified = Optional.empty();
  }

  private HttpRequest request() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(timeout).header("User-Agent", "peal");
    tag.ifPresent(value -> request.header("If-None-Match", value));
    modified.ifPresent(value -> request.header("If-Modified-Since", value));
    return request.build();
  }
}
