package org.peal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Writes the canonical form: what Python's sorted, compact {@code json.dumps} gives. Thread-safe.
 *
 * <p>Keys are sorted by code point at every level, there is no white space, and every character
 * outside space to tilde is escaped, so the text is pure ASCII.
 */
public final class CanonicalJson {

  private CanonicalJson() {}

  /**
   * Returns the canonical text of a value as ASCII bytes, owned by the caller.
   *
   * @throws IllegalArgumentException if the tree holds a node that is no JSON value
   */
  public static byte[] write(JsonNode value) {
    CanonicalWriter writer = new CanonicalWriter();
    writer.value(value);
    return writer.toBytes();
  }

  /**
   * Returns the canonical text of an object without some of its own members, as ASCII bytes, owned
   * by the caller. Members of the same names further down stay.
   *
   * @throws IllegalArgumentException if the tree holds a node that is no JSON value
   */
  public static byte[] write(ObjectNode object, Set<String> without) {
    CanonicalWriter writer = new CanonicalWriter();
    writer.object(object, without);
    return writer.toBytes();
  }
}
