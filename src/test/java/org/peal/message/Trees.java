package org.peal.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;

/** Trees from text, as the tests write them. */
final class Trees {

  private Trees() {}

  static JsonNode parse(String json) {
    return StrictJson.parse(json.getBytes(UTF_8), JsonLimits.DEFAULT);
  }
}
