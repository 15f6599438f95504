package org.peal.bench;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import org.peal.bus.amqp.HeaderNames;

/** The headers of sample messages on AMQP: the same for whoever publishes them. Stateless. */
final class SampleHeaders {

  private static final Map<String, Object> ALL =
      Map.of(
          HeaderNames.SCHEMA,
          "base.message",
          HeaderNames.SEVERITY,
          20,
          HeaderNames.SENT_AT,
          "2026-11-25T21:00:00+00:00",
          HeaderNames.PRIORITY,
          0);

  private SampleHeaders() {}

  /** Returns them as the client library takes them. */
  static Map<String, Object> ofClient() {
    return ALL;
  }

  /** Returns them as Peal's publisher takes them, owned by the caller. */
  static ObjectNode ofPeal() {
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    ALL.forEach(
        (name, value) ->
            headers.set(
                name,
                value instanceof Integer number
                    ? IntNode.valueOf(number)
                    : TextNode.valueOf(value.toString())));
    return headers;
  }
}
