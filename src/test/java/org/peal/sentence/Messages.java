package org.peal.sentence;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.peal.json.JsonLimits;
import org.peal.json.MalformedJsonException;
import org.peal.json.StrictJson;

/** Messages for tests. Stateless. */
final class Messages {

  private Messages() {}

  static JsonNode json(String text) {
    try {
      return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Returns a message of a service {@code svc} with this body. */
  static JsonNode body(String body) {
    return json("{\"topic\":\"org.example.prod.svc.thing.done\",\"msg\":" + body + "}");
  }
}
