package org.peal.service.mbs;

import static java.time.temporal.ChronoUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.BoundedHttp;
import org.peal.PealException.Category;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;

/**
 * Asks the Module Build Service. One try each, bounded in time and size; builds with a modulemd are
 * remembered for ten minutes, since their texts do not change. Thread-safe.
 */
public final class Mbs {

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int SERVER_ERROR = 500;

  private final String base;
  private final Duration timeout;
  private final HttpClient client = BoundedHttp.client().build();
  private final AnswerCache cache;

  /**
   * Asks at an address.
   *
   * @param base such as {@code https://mbs.fedoraproject.org/module-build-service/1/}
   * @param timeout of one question
   */
  public Mbs(URI base, Duration timeout, InstantSource clock) {
    this.base = base.toString().replaceAll("/+$", "");
    this.timeout = timeout;
    this.cache = new AnswerCache(clock);
  }

  /**
   * Returns the module build of this number with its modulemd, if there is one.
   *
   * @throws MbsException if the service cannot be asked or its answer cannot be used
   */
  public Optional<ModuleBuild> build(long id) {
    Optional<ModuleBuild> known = cache.get(id);
    if (known.isPresent()) {
      return known;
    }
    Optional<ModuleBuild> found =
        get("/module-builds/" + id + "?verbose=True").map(this::moduleBuild);
    found.filter(build -> build.modulemd().isPresent()).ifPresent(cache::put);
    return found;
  }

  /**
   * Returns the module builds of this identity, the newest first: one, as a rule.
   *
   * @throws MbsException if the service cannot be asked or its answer cannot be used
   */
  public List<ModuleBuild> builds(Nsvc nsvc) {
    String query =
        "?name=%s&stream=%s&version=%s&context=%s&verbose=true&order_desc_by=id&per_page=10"
            .formatted(
                encoded(nsvc.name()),
                encoded(nsvc.stream()),
                encoded(nsvc.version()),
                encoded(nsvc.context()));
    return page(query).builds();
  }

  /**
   * Returns module builds that changed at a time or later, in the order of their numbers.
   *
   * @param states in one of these states
   * @param number of the page, from 1
   * @return builds without modulemd
   * @throws MbsException if the service cannot be asked or its answer cannot be used
   */
  public ModuleBuildPage modified(Collection<String> states, Instant since, int number) {
    StringBuilder query = new StringBuilder("?order_by=id&per_page=100&page=" + number);
    query.append("&modified_after=").append(encoded(since.truncatedTo(SECONDS).toString()));
    states.stream().sorted().forEach(state -> query.append("&state=").append(encoded(state)));
    return page(query.toString());
  }

  private ModuleBuildPage page(String query) {
    JsonNode page = get("/module-builds/" + query).orElseThrow(() -> unusable("no list", null));
    JsonNode items = page.path("items");
    if (!items.isArray()) {
      throw unusable("a list without items", null);
    }
    List<ModuleBuild> builds = new ArrayList<>();
    items.forEach(item -> builds.add(moduleBuild(item)));
    return new ModuleBuildPage(builds, page.at("/meta/pages").asInt(1));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private ModuleBuild moduleBuild(JsonNode node) {
    JsonNode modulemd = node.path("modulemd");
    if (!node.path("id").canConvertToLong() || !node.path("state_name").isTextual()) {
      throw unusable("a module build without number or state", null);
    }
    return new ModuleBuild(
        node.get("id").longValue(),
        nsvc(node),
        node.get("state_name").textValue(),
        node.path("scratch").asBoolean(false),
        Optional.ofNullable(modulemd.textValue()));
  }

  private Nsvc nsvc(JsonNode node) {
    try {
      return new Nsvc(
          node.path("name").asText(""),
          node.path("stream").asText(""),
          node.path("version").asText(""),
          node.path("context").asText(""));
    } catch (IllegalArgumentException e) {
      throw unusable(String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<JsonNode> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Accept", "application/json")
            .header("User-Agent", "peal")
            .build();
    try {
      return answer(BoundedHttp.send(client, request, timeout, JsonLimits.DEFAULT.maxBytes()));
    } catch (IOException e) {
      throw new MbsException(base + ": " + e.getMessage(), Category.TRANSIENT, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MbsException(base + ": interrupted", Category.TRANSIENT, e);
    }
  }

  private Optional<JsonNode> answer(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == NOT_FOUND) {
      return Optional.empty();
    }
    if (status != OK) {
      boolean passing = status >= SERVER_ERROR || status == TOO_MANY || status == REQUEST_TIMEOUT;
      throw new MbsException(
          base + " answers with HTTP status " + status,
          passing ? Category.TRANSIENT : Category.PERMANENT,
          null);
    }
    try {
      return Optional.of(StrictJson.parse(response.body(), JsonLimits.DEFAULT));
    } catch (MalformedJsonException e) {
      throw unusable(e.getMessage(), e);
    }
  }

  /** A proxy in between may have written it: worth another try. */
  private MbsException unusable(String text, @Nullable Throwable cause) {
    return new MbsException(base + ": unusable answer: " + text, Category.TRANSIENT, cause);
  }
}
