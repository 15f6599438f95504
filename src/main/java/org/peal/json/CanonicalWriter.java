package org.peal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;

/**
 * Writes one value in canonical form, or in another of Python's; used once, by one thread.
 *
 * <p>Containers under way are kept in a stack of our own, so nesting never uses up the thread's.
 */
final class CanonicalWriter {

  /**
   * What a form does otherwise than the canonical one.
   *
   * @param sorts whether keys are sorted rather than left in their order
   * @param spaces whether a space follows commas and colons
   * @param escapes whether everything outside ASCII is escaped rather than written as UTF-8
   */
  record Form(boolean sorts, boolean spaces, boolean escapes) {
    static final Form CANONICAL = new Form(true, false, true);
  }

  /** Characters from which on a copy of a string pays. */
  private static final int LONG = 48;

  /** What of ASCII is not plain, and the question mark, which may stand for something else. */
  private static final boolean[] IS_SPECIAL = new boolean[128];

  static {
    for (char c = 0; c < IS_SPECIAL.length; c++) {
      IS_SPECIAL[c] = !isPlain(c) || c == '?';
    }
  }

  private final Form form;
  private final AsciiBuffer out = new AsciiBuffer();
  private final Deque<Container> open = new ArrayDeque<>();

  CanonicalWriter() {
    this(Form.CANONICAL);
  }

  CanonicalWriter(Form form) {
    this.form = form;
  }

  byte[] toBytes() {
    return out.toBytes();
  }

  void value(JsonNode root) {
    open(root);
    finish();
  }

  void object(ObjectNode object, Set<String> without) {
    openObject(object, without);
    finish();
  }

  private void finish() {
    while (!open.isEmpty()) {
      Container innermost = open.element();
      if (!innermost.writeNext(this)) {
        open.pop();
      }
    }
  }

  /** Writes a scalar; of an array or object only the opening, the rest is left on the stack. */
  private void open(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> openObject((ObjectNode) node, Set.of());
      case ARRAY -> {
        out.append('[');
        open.push(new Elements(node.elements()));
      }
      case STRING -> string(node.textValue());
      case NUMBER -> number(node);
      case BOOLEAN, NULL -> out.append(node.asText());
      default ->
          throw new IllegalArgumentException("no canonical form for a node: " + node.getNodeType());
    }
  }

  private void openObject(ObjectNode object, Set<String> without) {
    out.append('{');
    Iterable<Entry<String, JsonNode>> members = form.sorts() ? sorted(object) : object.properties();
    open.push(new Members(members.iterator(), without));
  }

  /** An array or object of which a part is written. */
  private abstract static class Container {

    private boolean first = true;

    /** Writes the next part, or the end and returns false. */
    abstract boolean writeNext(CanonicalWriter writer);

    final void separate(CanonicalWriter writer) {
      if (!first) {
        writer.mark(',');
      }
      first = false;
    }
  }

  private static final class Elements extends Container {

    private final Iterator<JsonNode> rest;

    Elements(Iterator<JsonNode> rest) {
      this.rest = rest;
    }

    @Override
    boolean writeNext(CanonicalWriter writer) {
      if (!rest.hasNext()) {
        writer.out.append(']');
        return false;
      }
      separate(writer);
      writer.open(rest.next());
      return true;
    }
  }

  private static final class Members extends Container {

    private final Iterator<Entry<String, JsonNode>> rest;
    private final Set<String> without;

    Members(Iterator<Entry<String, JsonNode>> rest, Set<String> without) {
      this.rest = rest;
      this.without = without;
    }

    @Override
    boolean writeNext(CanonicalWriter writer) {
      if (!rest.hasNext()) {
        writer.out.append('}');
        return false;
      }
      Entry<String, JsonNode> member = rest.next();
      if (!without.contains(member.getKey())) {
        separate(writer);
        writer.string(member.getKey());
        writer.mark(':');
        writer.open(member.getValue());
      }
      return true;
    }
  }

  private void mark(char mark) {
    out.append(mark);
    if (form.spaces()) {
      out.append(' ');
    }
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

  private void number(JsonNode number) {
    switch (number.numberType()) {
      case INT, LONG -> out.append(number.longValue());
      case BIG_INTEGER -> out.append(number.bigIntegerValue().toString());
      default -> out.append(PythonFloat.repr(number.doubleValue()));
    }
  }

  private void string(String text) {
    out.append('"');
    if (form.escapes() && text.length() >= LONG) {
      longString(text);
    } else {
      shortString(text);
    }
    out.append('"');
  }

  /** Looks at bytes rather than at characters, which is faster if there are many. */
  private void longString(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length != text.length()) {
      shortString(text);
      return;
    }
    // All are ASCII, or halves of surrogate pairs, of which question marks were made.
    int plain = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (IS_SPECIAL[bytes[i]]) {
        char c = text.charAt(i);
        if (c != '?') {
          out.append(bytes, plain, i);
          escape(c);
          plain = i + 1;
        }
      }
    }
    out.append(bytes, plain, bytes.length);
  }

  private void shortString(String text) {
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isPlain(c) && (form.escapes() || !isPlainUtf8(text, i))) {
        plain(text, plain, i);
        escape(c);
        plain = i + 1;
      }
    }
    plain(text, plain, text.length());
  }

  private void plain(String text, int from, int to) {
    if (form.escapes()) {
      out.append(text, from, to);
    } else {
      out.appendUtf8(text.substring(from, to));
    }
  }

  /** Half of a pair alone has no form in UTF-8. */
  private static boolean isPlainUtf8(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
    }
    return c > '~'
        && (!Character.isLowSurrogate(c)
            || at > 0 && Character.isHighSurrogate(text.charAt(at - 1)));
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
