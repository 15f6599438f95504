package org.peal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads one text into a Jackson tree; used once, by one thread.
 *
 * <p>The grammar is Python's and is spelled out here rather than borrowed from Jackson's parser:
 * that one also takes {@code INF}, refuses lone surrogates in names (2.22 does, and more such
 * checks are on their way), and has one length limit for integers and floats. Whether a text is
 * accepted decides whether a signature can be checked, so it must not change with a library's
 * version.
 *
 * <p>Open containers are kept in a stack of our own: nesting never uses up the thread's. Strings
 * are not shared between texts, so there is no table that hostile names could fill.
 */
final class TreeReader {

  private final TextCursor text;
  private final JsonLimits limits;
  private final Deque<ContainerNode<?>> open = new ArrayDeque<>();

  TreeReader(TextCursor text, JsonLimits limits) {
    this.text = text;
    this.limits = limits;
  }

  JsonNode read() {
    JsonNode root = value();
    while (!open.isEmpty()) {
      readInto(open.peek());
    }
    text.skipWhiteSpace();
    text.expectEnd();
    return root;
  }

  /** Reads the next member or element of the innermost container, or its end. */
  private void readInto(ContainerNode<?> container) {
    if (container instanceof ObjectNode object) {
      readMember(object);
    } else {
      readElement((ArrayNode) container);
    }
  }

  private void readMember(ObjectNode object) {
    if (ends(object, '}')) {
      return;
    }
    text.skipWhiteSpace();
    text.expect('"', "a name in double quotes");
    String name = StringToken.read(text);
    text.skipWhiteSpace();
    text.expect(':', "\":\"");
    object.set(name, value());
  }

  private void readElement(ArrayNode array) {
    if (!ends(array, ']')) {
      array.add(value());
    }
  }

  /**
   * Takes the container's end, or else the comma that must stand before all but the first entry.
   */
  private boolean ends(ContainerNode<?> container, char end) {
    text.skipWhiteSpace();
    if (text.take(end)) {
      open.pop();
      return true;
    }
    if (!container.isEmpty()) {
      text.expect(',', "\",\" or \"" + end + "\"");
    }
    return false;
  }

  /** Reads a value; of an array or object only the beginning. */
  private JsonNode value() {
    text.skipWhiteSpace();
    return switch (text.peek()) {
      case '{' -> open(JsonNodeFactory.instance.objectNode());
      case '[' -> open(JsonNodeFactory.instance.arrayNode());
      case '"' -> string();
      case 't' -> literal("true", BooleanNode.TRUE);
      case 'f' -> literal("false", BooleanNode.FALSE);
      case 'n' -> literal("null", NullNode.instance);
      case 'N' -> literal("NaN", DoubleNode.valueOf(Double.NaN));
      case 'I' -> literal("Infinity", DoubleNode.valueOf(Double.POSITIVE_INFINITY));
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
          new NumberToken(text, limits).read();
      default -> throw text.unexpected("a value");
    };
  }

  private JsonNode open(ContainerNode<?> container) {
    if (open.size() == limits.maxDepth()) {
      throw text.malformed("nested deeper than %d levels", limits.maxDepth());
    }
    text.advance();
    open.push(container);
    return container;
  }

  private JsonNode string() {
    text.advance();
    return TextNode.valueOf(StringToken.read(text));
  }

  private JsonNode literal(String word, JsonNode value) {
    text.expectWord(word);
    return value;
  }
}
