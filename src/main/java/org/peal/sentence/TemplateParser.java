package org.peal.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.peal.sentence.Template.Field;
import org.peal.sentence.Template.Maybe;
import org.peal.sentence.Template.Part;
import org.peal.sentence.Template.Text;

/**
 * Reads text with {@code {fields}} and {@code [optional parts]}. For one template, one thread;
 * every complaint is an {@link IllegalArgumentException}.
 */
final class TemplateParser {

  private static final int DEEPEST = 5;
  private static final String SPECIAL = "{}[]";

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
    while (at < text.length() && text.charAt(at) != ']') {
      parts.add(part(depth));
    }
    boolean closed = at < text.length();
    if (closed != depth > 0) {
      throw new IllegalArgumentException(
          closed ? "] closes nothing; write {\"]\"} for the character" : "[ is not closed by ]");
    }
    at += closed ? 1 : 0;
    return new Template(parts);
  }

  private Part part(int depth) {
    return switch (text.charAt(at)) {
      case '[' -> {
        at++;
        yield new Maybe(template(depth + 1));
      }
      case '{' -> {
        at++;
        yield field();
      }
      case '}' ->
          throw new IllegalArgumentException("} closes nothing; write {\"}\"} for the character");
      default -> literal();
    };
  }

  private Part field() {
    boolean quoted = false;
    for (int end = at; end < text.length(); end++) {
      char c = text.charAt(end);
      quoted ^= c == '"';
      if (c == '}' && !quoted) {
        String inside = text.substring(at, end);
        at = end + 1;
        return new Field(ExpressionParser.parse(inside, variables));
      }
    }
    throw new IllegalArgumentException(
        quoted ? "quotation mark is not closed" : "{ is not closed by }");
  }

  private Part literal() {
    int start = at;
    while (at < text.length() && SPECIAL.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return new Text(text.substring(start, at));
  }
}
