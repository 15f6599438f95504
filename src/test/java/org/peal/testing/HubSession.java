package org.peal.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request says about its session; all null without one. */
record HubSession(@Nullable Long id, @Nullable String key, @Nullable Long number) {

  static HubSession of(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String query = exchange.getRequestURI().getQuery();
    if (query == null) {
      return new HubSession(
          number(headers.getFirst("Koji-Session-Id")),
          headers.getFirst("Koji-Session-Key"),
          number(headers.getFirst("Koji-Session-Callnum")));
    }
    Map<String, String> values = new HashMap<>();
    for (String pair : query.split("&")) {
      values.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return new HubSession(
        number(values.get("session-id")), values.get("session-key"), number(values.get("callnum")));
  }

  private static @Nullable Long number(@Nullable String text) {
    return text == null ? null : Long.valueOf(text);
  }
}
