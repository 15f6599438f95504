package org.peal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.util.Map.Entry;
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

  /**
   * Returns the canonical text of an object with one member more, as ASCII bytes, owned by the
   * caller. The members on one side of it are written anew to find its place, those on the side of
   * fewer; the others are copied.
   *
   * @param text the canonical text of {@code object}; not changed
   * @param name a member that the object has not
   * @param value the member's value, in canonical form; not changed
   */
  public static byte[] insert(byte[] text, ObjectNode object, String name, byte[] value) {
    ObjectNode before = object.objectNode();
    ObjectNode behind = object.objectNode();
    for (Entry<String, JsonNode> member : object.properties()) {
      boolean isBefore = CodePointOrder.compare(member.getKey(), name) < 0;
      (isBefore ? before : behind).set(member.getKey(), member.getValue());
    }
    // Both with one of their braces, and what is in front with the comma that follows it.
    int place =
        before.size() < behind.size()
            ? write(before).length - (before.isEmpty() ? 1 : 0)
            : text.length - write(behind).length + 1;
    byte[] key = write(TextNode.valueOf(name));
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(text.length + key.length + value.length + 2);
    out.write(text, 0, place);
    if (behind.isEmpty() && !before.isEmpty()) {
      out.write(',');
    }
    out.writeBytes(key);
    out.write(':');
    out.writeBytes(value);
    if (!behind.isEmpty()) {
      out.write(',');
    }
    out.write(text, place, text.length - place);
    return out.toByteArray();
  }
}
