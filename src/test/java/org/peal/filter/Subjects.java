package org.peal.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

/** Messages to ask filters about. */
final class Subjects {

  private Subjects() {}

  /** Returns an unsigned message of any JSON. */
  static Subject of(String json) {
    return new Subject(
        StrictJson.parse(json.getBytes(UTF_8), JsonLimits.DEFAULT), Optional.empty());
  }

  /** Returns a message that says something. */
  static Subject withBody(String json) {
    return of("{\"topic\": \"org.example.dev.shop.order.placed\", \"msg\": " + json + "}");
  }

  /** Returns a message of a topic. */
  static Subject withTopic(String topic) {
    return of("{\"topic\": \"" + topic + "\", \"msg\": {}}");
  }
}
