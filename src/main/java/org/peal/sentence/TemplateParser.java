package org.peal.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.peal.sentence.Template.Field;
import org.peal.sentence.Template.Maybe;
import org.peal.sentence.Template.Part;
import org.peal.sentence.Template.Text;

/**
 * Reads text with {@code {fields}} and {@code [optional parts]}; a bracket or brace written twice
 * stands for itself. For one template, one thread; every complaint is an {@link
 * IllegalArgumentException}.
 */
final class TemplateParser {

  private static final int DEEPEST = 5;

  private final String text;
  private final Map<String, Operand> variables;
  private int at;

  private TemplateParser(String text, Map<String, Operand> variables) {
    this.text = text;
    this.variables = variables;
  }

  static Template parse(String text, Map<String, Operand> variables) {
    return new TemplateParser(text, variables).template(0);
  }

  private Template template(int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("optional parts must nest at most " + DEEPEST + " deep");
    }
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    while (at < text.length() && !isEnd()) {
      char c = text.charAt(at++);
      if ("{}[]".indexOf(c) < 0 || isNext(c)) {
        at += "{}[]".indexOf(c) < 0 ? 0 : 1;
        literal.append(c);
        continue;
      }
      flush(literal, parts);
      parts.add(part(c, depth));
    }
    flush(literal, parts);
    boolean closed = at < text.length();
    if (closed != depth > 0) {
      throw new IllegalArgumentException(
          closed ? "] closes nothing; write ]] for the character" : "[ is not closed by ]");
    }
    at += closed ? 1 : 0;
    return new Template(parts);
  }

  private Part part(char opening, int depth) {
    if (opening == '[') {
      return new Maybe(template(depth + 1));
    }
    int end = text.indexOf('}', at);
    if (opening != '{' || end < 0) {
      throw new IllegalArgumentException(
          opening == '{' ? "{ is not closed by }" : "} closes nothing; write }} for the character");
    }
    String inside = text.substring(at, end);
    at = end + 1;
    return new Field(ExpressionParser.parse(inside, variables));
  }

  private boolean isEnd() {
    return text.charAt(at) == ']' && !(at + 1 < text.length() && text.charAt(at + 1) == ']');
  }

  private boolean isNext(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private static void flush(StringBuilder literal, List<Part> parts) {
    if (!literal.isEmpty()) {
      parts.add(new Text(literal.toString()));
      literal.setLength(0);
    }
  }
}
