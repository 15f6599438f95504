package org.peal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tree of one text from Jackson's tokens.
 *
 * <p>Jackson's own tree builder is not used because number tokens have to be seen as text: it would
 * take {@code INF} as well as {@code Infinity}, and one length limit for integers and floats. Open
 * containers are kept in a stack of our own, so nesting never uses up the thread's stack.
 */
final class TreeReader {

  /** The longest float token, in characters; reading it takes linear time. */
  static final int MAX_FLOAT_LENGTH = 1 << 20;

  private static final int DIGITS_OF_ANY_INT = 9;
  private static final int DIGITS_OF_ANY_LONG = 18;

  // Names are neither interned nor kept in a shared table, which hostile keys could fill. Lengths
  // are bounded by the text, which is already in memory, and by the checks here.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonLimits.MAX_DEPTH + 1)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final CharBuffer text;
  private final JsonLimits limits;
  private final Deque<ContainerNode<?>> open = new ArrayDeque<>();
  private @Nullable JsonNode root;

  TreeReader(CharBuffer text, JsonLimits limits) {
    this.text = text;
    this.limits = limits;
  }

  JsonNode read() {
    try (JsonParser parser = FACTORY.createParser(text.array(), 0, text.limit())) {
      readAll(parser);
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never: the characters are in memory
    }
    if (root == null) {
      throw TextPlace.of(text, text.limit()).malformed("text is empty");
    }
    return root;
  }

  private void readAll(JsonParser parser) throws IOException {
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      switch (token) {
        case FIELD_NAME -> {} // the parser keeps it until its value comes
        case END_OBJECT, END_ARRAY -> open.pop();
        case START_OBJECT -> open(parser, JsonNodeFactory.instance.objectNode());
        case START_ARRAY -> open(parser, JsonNodeFactory.instance.arrayNode());
        default -> attach(parser, open.peek(), scalar(parser, token));
      }
    }
  }

  private void open(JsonParser parser, ContainerNode<?> container) throws IOException {
    attach(parser, open.peek(), container);
    open.push(container);
    if (open.size() > limits.maxDepth()) {
      throw atToken(parser).malformed("nested deeper than %d levels", limits.maxDepth());
    }
  }

  private void attach(JsonParser parser, @Nullable ContainerNode<?> parent, JsonNode value)
      throws IOException {
    if (parent instanceof ObjectNode object) {
      object.set(parser.currentName(), value);
    } else if (parent instanceof ArrayNode array) {
      array.add(value);
    } else if (root == null) {
      root = value;
    } else {
      throw atToken(parser).malformed("unexpected text after the value");
    }
  }

  private JsonNode scalar(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> TextNode.valueOf(parser.getText());
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> DoubleNode.valueOf(floating(parser));
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.instance;
      default -> throw new IllegalStateException("token " + token);
    };
  }

  private JsonNode integer(JsonParser parser) throws IOException {
    boolean negative = parser.getTextCharacters()[parser.getTextOffset()] == '-';
    int digits = parser.getTextLength() - (negative ? 1 : 0);
    if (digits <= DIGITS_OF_ANY_INT) {
      return IntNode.valueOf(parser.getIntValue());
    }
    if (digits <= DIGITS_OF_ANY_LONG) {
      return smallest(parser.getLongValue());
    }
    if (digits > limits.maxIntegerDigits()) {
      throw atToken(parser)
          .malformed("integer of %d digits has more than %d", digits, limits.maxIntegerDigits());
    }
    BigInteger value = new BigInteger(parser.getText());
    return value.bitLength() < Long.SIZE
        ? LongNode.valueOf(value.longValue())
        : BigIntegerNode.valueOf(value);
  }

  private static JsonNode smallest(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }

  private double floating(JsonParser parser) throws IOException {
    if (parser.getTextLength() > MAX_FLOAT_LENGTH) {
      throw atToken(parser).malformed("number is longer than %d characters", MAX_FLOAT_LENGTH);
    }
    String token = parser.getText();
    return switch (token) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> {
        if (token.endsWith("INF") || token.startsWith("+")) {
          throw atToken(parser).malformed("unexpected \"%s\"", token);
        }
        yield Double.parseDouble(token);
      }
    };
  }

  private TextPlace atToken(JsonParser parser) {
    return TextPlace.of(text, (int) parser.currentTokenLocation().getCharOffset());
  }

  private MalformedJsonException malformed(JsonProcessingException e) {
    if (e instanceof JsonEOFException) {
      return TextPlace.of(text, text.limit()).malformed("text ends too early");
    }
    return TextPlace.of(text, (int) e.getLocation().getCharOffset())
        .malformed(e.getOriginalMessage());
  }
}
