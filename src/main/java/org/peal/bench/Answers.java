package org.peal.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes the answers of workers. Stateless. */
final class Answers {

  private Answers() {}

  static ObjectNode done() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode address(String address) {
    return done().put("address", address);
  }

  /** Tells how many of something took how long. */
  static ObjectNode took(long count, long nanos) {
    return done().put("count", count).put("nanos", nanos);
  }

  static BenchException unknown(JsonNode order) {
    return new BenchException("no such order: " + order);
  }
}
