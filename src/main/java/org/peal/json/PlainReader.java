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
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tree of one text that is ASCII without {@code u} escapes, as nearly all are; used
 * once, by one thread. It goes through the bytes without tokens in between, which takes two thirds
 * of the time, and only tells whether something is wrong, not what and where.
 *
 * <p>It may refuse what {@link TreeReader} takes, which then reads the text again, but never takes
 * what that refuses. Open containers are kept in a stack of our own, so nesting never uses up the
 * thread's.
 */
final class PlainReader {

  /** Which bytes of a string stand for themselves. */
  private static final boolean[] ORDINARY = new boolean[256];

  static {
    for (char c = ' '; c < 128; c++) {
      ORDINARY[c] = c != '"' && c != '\\';
    }
  }

  /** Says that something is wrong. */
  private static final class NotPlainException extends RuntimeException {
    NotPlainException() {
      super("not plain JSON", null, false, false);
    }
  }

  private final byte[] bytes;
  private final String text;
  private final JsonLimits limits;
  private final Deque<ContainerNode<?>> open = new ArrayDeque<>();
  private int at;
  private int values;

  private PlainReader(byte[] bytes, String text, JsonLimits limits) {
    this.bytes = bytes;
    this.text = text;
    this.limits = limits;
  }

  /**
   * Reads the one value of a text.
   *
   * @param ascii not kept, not changed
   * @param text the same as characters
   * @return null if anything is wrong
   */
  static @Nullable JsonNode read(byte[] ascii, String text, JsonLimits limits) {
    try {
      return new PlainReader(ascii, text, limits).read();
    } catch (NotPlainException e) {
      return null;
    }
  }

  private JsonNode read() {
    JsonNode root = value();
    while (!open.isEmpty()) {
      if (open.element() instanceof ObjectNode object) {
        members(object);
      } else {
        elements((ArrayNode) open.element());
      }
    }
    skipSpace();
    require(at == bytes.length);
    return root;
  }

  /** Reads members up to one whose value is a container, of which it reads the beginning. */
  private void members(ObjectNode object) {
    int depth = open.size();
    while (open.size() == depth) {
      if (isEnd('}', object.isEmpty())) {
        open.pop();
      } else {
        expect('"');
        String name = string();
        expect(':');
        object.set(name, value());
      }
    }
  }

  private void elements(ArrayNode array) {
    int depth = open.size();
    while (open.size() == depth) {
      if (isEnd(']', array.isEmpty())) {
        open.pop();
      } else {
        array.add(value());
      }
    }
  }

  /** Reads the end of a container, or the comma before each but the first entry. */
  private boolean isEnd(char end, boolean isFirst) {
    if (next() == end) {
      at++;
      return true;
    }
    if (!isFirst) {
      expect(',');
    }
    return false;
  }

  /** Reads a value; of an array or object only the beginning. */
  private JsonNode value() {
    require(values++ < limits.maxValues());
    return switch (next()) {
      case '"' -> {
        at++;
        yield TextNode.valueOf(string());
      }
      case '{' -> open(JsonNodeFactory.instance.objectNode());
      case '[' -> open(JsonNodeFactory.instance.arrayNode());
      case 't' -> word("true", BooleanNode.TRUE);
      case 'f' -> word("false", BooleanNode.FALSE);
      case 'n' -> word("null", NullNode.instance);
      case 'N' -> word("NaN", DoubleNode.valueOf(Double.NaN));
      case 'I' -> word("Infinity", DoubleNode.valueOf(Double.POSITIVE_INFINITY));
      default ->
          text.startsWith("-I", at)
              ? word("-Infinity", DoubleNode.valueOf(Double.NEGATIVE_INFINITY))
              : number();
    };
  }

  private JsonNode open(ContainerNode<?> container) {
    require(open.size() < limits.maxDepth());
    at++;
    open.push(container);
    return container;
  }

  private JsonNode word(String word, JsonNode value) {
    require(text.startsWith(word, at));
    at += word.length();
    return value;
  }

  private JsonNode number() {
    int start = at;
    if (isAt('-')) {
      at++;
    }
    int first = at;
    digits();
    int count = at - first;
    require(count == 1 || bytes[first] != '0');
    if (isAt('.') || isAt('e') || isAt('E')) {
      return floating(start);
    }
    require(count <= limits.maxIntegerDigits());
    return count <= NumberToken.DIGITS_OF_ANY_LONG
        ? NumberToken.node(first == start ? whole(first) : -whole(first))
        : NumberToken.big(text.substring(start, at));
  }

  /** Returns what the digits from a place to here say, if these are few. */
  private long whole(int first) {
    long value = 0;
    for (int i = first; i < at; i++) {
      value = 10 * value + bytes[i] - '0';
    }
    return value;
  }

  private JsonNode floating(int start) {
    if (isAt('.')) {
      at++;
      digits();
    }
    if (isAt('e') || isAt('E')) {
      at++;
      if (isAt('+') || isAt('-')) {
        at++;
      }
      digits();
    }
    require(at - start <= Parsers.MAX_NUMBER_LENGTH);
    return DoubleNode.valueOf(Double.parseDouble(text.substring(start, at)));
  }

  /** Reads digits, at least one. */
  private void digits() {
    int start = at;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    require(at > start);
  }

  /** Reads a string whose opening quote was read. */
  private String string() {
    int start = at;
    skipOrdinary();
    if (isAt('"')) {
      return text.substring(start, at++);
    }
    while (!isAt('"')) {
      require(isAt('\\'));
      at += 2;
      skipOrdinary();
    }
    return unescaped(start, at++);
  }

  private void skipOrdinary() {
    int i = at;
    while (i < bytes.length && ORDINARY[bytes[i] & 0xFF]) {
      i++;
    }
    at = i;
  }

  private String unescaped(int start, int end) {
    byte[] target = new byte[end - start];
    int length = 0;
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      target[length++] = b == '\\' ? meaning(bytes[++i]) : b;
    }
    return new String(target, 0, length, StandardCharsets.ISO_8859_1);
  }

  private static byte meaning(byte escaped) {
    return switch (escaped) {
      case '"', '\\', '/' -> escaped;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> throw new NotPlainException();
    };
  }

  private void expect(char mark) {
    require(next() == mark);
    at++;
  }

  /** Returns what comes after white space, without reading it. */
  private byte next() {
    skipSpace();
    require(at < bytes.length);
    return bytes[at];
  }

  private void skipSpace() {
    while (at < bytes.length && bytes[at] <= ' ') {
      byte b = bytes[at];
      require(b == ' ' || b == '\n' || b == '\r' || b == '\t');
      at++;
    }
  }

  private boolean isAt(char mark) {
    return at < bytes.length && bytes[at] == mark;
  }

  private static void require(boolean isRight) {
    if (!isRight) {
      throw new NotPlainException();
    }
  }
}
