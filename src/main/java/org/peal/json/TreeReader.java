package org.peal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tree of one text from Jackson's tokens; used once, by one thread.
 *
 * <p>Jackson's own tree builder is not used: numbers have to be seen as text (see {@link
 * NumberToken}), and values are counted. Open containers are kept in a stack of our own, so nesting
 * never uses up the thread's.
 */
final class TreeReader {

  private final JsonParser parser;
  private final Problems problems;
  private final JsonLimits limits;
  private final NumberToken number;
  private final Deque<ContainerNode<?>> open = new ArrayDeque<>();
  private int values;

  private TreeReader(JsonParser parser, Problems problems, JsonLimits limits) {
    this.parser = parser;
    this.problems = problems;
    this.limits = limits;
    this.number = new NumberToken(parser, problems, limits);
  }

  /** Reads the one value of a text. */
  static JsonNode read(SourceText text, JsonLimits limits) {
    UnicodeEscapes escapes = new UnicodeEscapes(text);
    SourceText prepared = escapes.prepared();
    JsonFactory factory = Parsers.factory(limits);
    try (JsonParser parser = factory.createParser(prepared.chars(), 0, prepared.length())) {
      Problems problems = new Problems(parser, text, prepared, escapes);
      try {
        return new TreeReader(parser, problems, limits).read();
      } catch (JsonProcessingException e) {
        throw problems.translate(e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never: the characters are in memory
    }
  }

  private JsonNode read() throws IOException {
    JsonNode root = value(parser.nextToken());
    finish();
    problems.expectEnd();
    return root;
  }

  /** Reads what is left of the containers under way. */
  private void finish() throws IOException {
    while (!open.isEmpty()) {
      readInto(open.element());
    }
    parser.finishToken();
  }

  /** Reads the next member or element of the innermost container, or its end. */
  private void readInto(ContainerNode<?> container) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
      open.pop();
    } else if (container instanceof ObjectNode object) {
      String name = parser.currentName();
      object.set(name, value(parser.nextToken()));
    } else {
      ((ArrayNode) container).add(value(token));
    }
  }

  /** Returns a value; of an array or object only the beginning. */
  private JsonNode value(@Nullable JsonToken token) throws IOException {
    if (token == null) {
      throw problems.textIsEmpty();
    }
    count();
    return switch (token) {
      case START_OBJECT -> open(JsonNodeFactory.instance.objectNode());
      case START_ARRAY -> open(JsonNodeFactory.instance.arrayNode());
      case VALUE_STRING -> TextNode.valueOf(parser.getText());
      case VALUE_NUMBER_INT -> number.integer();
      case VALUE_NUMBER_FLOAT -> number.floating();
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.instance;
      default -> throw new IllegalStateException("token " + token);
    };
  }

  private void count() {
    if (values == limits.maxValues()) {
      throw problems.atToken("more than %d values", limits.maxValues());
    }
    values++;
  }

  private JsonNode open(ContainerNode<?> container) {
    if (open.size() == limits.maxDepth()) {
      throw problems.atToken("nested deeper than %d levels", limits.maxDepth());
    }
    open.push(container);
    return container;
  }
}
