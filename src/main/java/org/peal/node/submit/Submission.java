package org.peal.node.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.peal.bus.Draft;
import org.peal.json.CanonicalJson;

/**
 * A draft on its way to a node. Immutable.
 *
 * @param number the client's name for it, which comes back with the answer
 */
record Submission(long number, Draft draft) {

  /** Returns the line for it, without its end. */
  byte[] toLine() {
    ObjectNode json = DraftJson.write(draft);
    json.put("n", number);
    return CanonicalJson.write(json);
  }

  /** Reads a line that was parsed. */
  static Submission of(ObjectNode json) {
    return new Submission(json.path("n").asLong(), DraftJson.read(json));
  }
}
