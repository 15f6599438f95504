package org.peal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
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

  private final Form form;
  private final AsciiBuffer out = new AsciiBuffer();
  private final Deque<Container<?>> open = new ArrayDeque<>();

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
      open.element().writeOn(this);
    }
  }

  /** Writes a scalar; of an array or object only the opening, the rest is left on the stack. */
  private void open(JsonNode node) {
    // Asked first, as most are texts, and at once, as the kinds of nodes are many.
    if (node instanceof TextNode text) {
      string(text.textValue());
      return;
    }
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
    open.push(new Members(members(object, without)));
  }

  private Iterator<Entry<String, JsonNode>> members(ObjectNode object, Set<String> without) {
    Collection<Entry<String, JsonNode>> members =
        form.sorts() ? sorted(object) : object.properties();
    if (!without.isEmpty()) {
      members = new ArrayList<>(members);
      members.removeIf(member -> without.contains(member.getKey()));
    }
    return members.iterator();
  }

  /** An array or object of which a part is written. */
  private abstract static class Container<T> {

    private final Iterator<T> rest;
    private final char end;
    private boolean isFirst = true;

    Container(Iterator<T> rest, char end) {
      this.rest = rest;
      this.end = end;
    }

    /** Writes entries up to one that is a container, of which it writes the opening, or the end. */
    final void writeOn(CanonicalWriter writer) {
      int depth = writer.open.size();
      while (rest.hasNext()) {
        if (!isFirst) {
          writer.mark(',');
        }
        isFirst = false;
        write(rest.next(), writer);
        if (writer.open.size() > depth) {
          return;
        }
      }
      writer.out.append(end);
      writer.open.pop();
    }

    abstract void write(T entry, CanonicalWriter writer);
  }

  private static final class Elements extends Container<JsonNode> {

    Elements(Iterator<JsonNode> rest) {
      super(rest, ']');
    }

    @Override
    void write(JsonNode element, CanonicalWriter writer) {
      writer.open(element);
    }
  }

  private static final class Members extends Container<Entry<String, JsonNode>> {

    Members(Iterator<Entry<String, JsonNode>> rest) {
      super(rest, '}');
    }

    @Override
    void write(Entry<String, JsonNode> member, CanonicalWriter writer) {
      writer.string(member.getKey());
      writer.mark(':');
      writer.open(member.getValue());
    }
  }

  private void mark(char mark) {
    out.append(mark);
    if (form.spaces()) {
      out.append(' ');
    }
  }

  private static Collection<Entry<String, JsonNode>> sorted(ObjectNode object) {
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
    int next = out.appendPlain(text, 0);
    while (next < text.length()) {
      next = out.appendPlain(text, special(text, next));
    }
    out.append('"');
  }

  /** Writes what is not plain ASCII, at least one character; returns where it ends. */
  private int special(String text, int from) {
    int end = from;
    while (!form.escapes() && end < text.length() && isPlainUtf8(text, end)) {
      end++;
    }
    if (end == from) {
      escape(text.charAt(from));
      return from + 1;
    }
    out.appendUtf8(text.substring(from, end));
    return end;
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
