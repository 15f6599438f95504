package org.peal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;

/** Writes one value in canonical form; used once, by one thread. */
final class CanonicalWriter {

  private final AsciiBuffer out = new AsciiBuffer();

  byte[] toBytes() {
    return out.toBytes();
  }

  void value(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> object((ObjectNode) node, Set.of());
      case ARRAY -> array(node);
      case STRING -> string(node.textValue());
      case NUMBER -> number(node);
      case BOOLEAN, NULL -> out.append(node.asText());
      default ->
          throw new IllegalArgumentException("no canonical form for a node: " + node.getNodeType());
    }
  }

  void object(ObjectNode object, Set<String> without) {
    char before = '{';
    for (Entry<String, JsonNode> member : sorted(object)) {
      if (without.contains(member.getKey())) {
        continue;
      }
      out.append(before);
      string(member.getKey());
      out.append(':');
      value(member.getValue());
      before = ',';
    }
    if (before == '{') {
      out.append('{');
    }
    out.append('}');
  }

  private static Iterable<Entry<String, JsonNode>> sorted(ObjectNode object) {
    if (isSorted(object)) {
      return object.properties();
    }
    List<Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
    members.sort(Entry.comparingByKey(CodePointOrder::compare));
    return members;
  }

  private static boolean isSorted(ObjectNode object) {
    String last = "";
    for (Entry<String, JsonNode> member : object.properties()) {
      if (CodePointOrder.compare(last, member.getKey()) > 0) {
        return false;
      }
      last = member.getKey();
    }
    return true;
  }

  private void array(JsonNode array) {
    out.append('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      value(array.get(i));
    }
    out.append(']');
  }

  private void number(JsonNode number) {
    switch (number.numberType()) {
      case INT, LONG -> out.append(number.longValue());
      case BIG_INTEGER -> out.append(number.bigIntegerValue().toString());
      default -> out.append(PythonFloat.repr(number.doubleValue()));
    }
  }

  private void string(String text) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isPlain(c)) {
        out.append(text, plain, i);
        escape(c);
        plain = i + 1;
      }
    }
    out.append(text, plain, text.length());
    out.append('"');
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> out.appendEscape(c);
    }
  }
}
