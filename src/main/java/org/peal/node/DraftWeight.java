package org.peal.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import org.peal.bus.Draft;

/**
 * About how many bytes a message takes between its acceptance and its commit: found by a look at
 * its tree, since its text is written only once it is signed. Stateless.
 */
final class DraftWeight {

  /** What a signature with its certificate, an id and the frame of a message add. */
  private static final int AROUND = 4096;

  /** What any value takes beside its characters. */
  private static final int VALUE = 16;

  private DraftWeight() {}

  static long of(Draft draft) {
    return AROUND + draft.topic().value().length() + weight(draft.body()) + weight(draft.headers());
  }

  /** Asks for classes, most frequent ones first, because every message passes here. */
  private static long weight(JsonNode tree) {
    long weight = VALUE;
    if (tree instanceof TextNode text) {
      weight += text.textValue().length();
    } else if (tree instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        weight += member.getKey().length() + weight(member.getValue());
      }
    } else if (tree instanceof ArrayNode array) {
      for (JsonNode element : array) {
        weight += weight(element);
      }
    } else if (tree instanceof BigIntegerNode || tree instanceof DecimalNode) {
      weight += tree.asText().length();
    }
    return weight;
  }
}
