package org.peal.node;

import com.fasterxml.jackson.databind.JsonNode;
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

  private static long weight(JsonNode tree) {
    long weight = VALUE;
    if (tree.isObject()) {
      for (Map.Entry<String, JsonNode> member : tree.properties()) {
        weight += member.getKey().length() + weight(member.getValue());
      }
    } else if (tree.isArray()) {
      for (JsonNode element : tree) {
        weight += weight(element);
      }
    } else if (tree.isTextual()) {
      weight += tree.textValue().length();
    } else if (tree.isBigInteger() || tree.isBigDecimal()) {
      weight += tree.asText().length();
    }
    return weight;
  }
}
