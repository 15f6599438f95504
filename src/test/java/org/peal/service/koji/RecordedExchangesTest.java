package org.peal.service.koji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peal.testing.RecordedHub;

/** Requests over HTTP against what a hub was seen to take and to answer. */
class RecordedExchangesTest {

  static Stream<JsonNode> exchanges() {
    return Vectors.rows("exchanges.json");
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void post_recordedRequest_givesTheRecordedAnswer(JsonNode exchange) {
    try (RecordedHub recorded = new RecordedHub(exchange)) {
      HubConnection hub =
          new HubConnection(Profiles.anonymous(recorded.address()), XmlRpcLimits.REPLY);
      JsonNode response = exchange.get("response");
      if (response.has("fault")) {
        KojiFaultException fault =
            catchThrowableOfType(KojiFaultException.class, () -> post(hub, exchange));
        assertThat(fault.code()).isEqualTo(response.get("fault").get("code").intValue());
        assertThat(fault.text()).isEqualTo(response.get("fault").get("string").textValue());
      } else {
        assertThat(post(hub, exchange)).isEqualTo(Vectors.value(response.get("value")));
      }
    }
  }

  private static @Nullable Object post(HubConnection hub, JsonNode exchange) {
    JsonNode request = exchange.get("request");
    List<?> params = (List<?>) Objects.requireNonNull(Vectors.value(request.get("params")));
    byte[] body = XmlRpcWriter.call(request.get("method").textValue(), params);
    Duration timeout = Duration.ofMinutes(1);
    JsonNode headers = request.get("headers");
    if (headers.has("Koji-Session-Id")) {
      SessionKeys keys = keys(headers.get("Koji-Session-Key").textValue(), true);
      return hub.post(body, keys, headers.get("Koji-Session-Callnum").asLong(), timeout);
    }
    if (request.get("path").textValue().contains("?")) {
      return hub.post(body, keys("2-EU8OigMjv1wxKlwbA5x", false), 1, timeout);
    }
    return hub.post(body, timeout);
  }

  private static SessionKeys keys(String key, boolean inHeaders) {
    return new SessionKeys(15, key, inHeaders);
  }
}
