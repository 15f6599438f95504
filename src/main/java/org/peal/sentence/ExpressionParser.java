package org.peal.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.peal.sentence.Expression.Alternative;
import org.peal.sentence.Expression.Literal;

/**
 * Reads what stands between braces: {@code field:change argument|other field|"text"}. For one
 * expression, one thread; every complaint is an {@link IllegalArgumentException}.
 */
final class ExpressionParser {

  private static final Pattern PATH = Pattern.compile("[^.\\s{}\\[\\]\"]+(\\.[^.\\s{}\\[\\]\"]+)*");
  private static final Set<Character> ENDS_ALTERNATIVE = Set.of('|');
  private static final Set<Character> ENDS_PART = Set.of('|', ':');
  private static final Set<Character> ENDS_NAME = Set.of('|', ':', ' ');

  private final String text;
  private final Map<String, Operand> variables;
  private int at;

  private ExpressionParser(String text, Map<String, Operand> variables) {
    this.text = text;
    this.variables = variables;
  }

  /** Reads an expression; variables are known by their names without the dollar sign. */
  static Operand parse(String text, Map<String, Operand> variables) {
    return new ExpressionParser(text, variables).expression();
  }

  private Operand expression() {
    List<Alternative> alternatives = new ArrayList<>();
    do {
      alternatives.add(alternative());
    } while (skip(ENDS_ALTERNATIVE));
    return new Expression(alternatives);
  }

  private Alternative alternative() {
    Operand source = source();
    List<Change> changes = new ArrayList<>();
    while (skip(Set.of(':'))) {
      String name = until(ENDS_NAME);
      String argument = skip(Set.of(' ')) ? argument() : "";
      changes.add(Changes.named(name, argument));
    }
    return new Alternative(source, changes);
  }

  private Operand source() {
    if (isQuote()) {
      return new Literal(quoted());
    }
    String name = until(ENDS_PART).strip();
    if (name.startsWith("$")) {
      return variable(name.substring(1));
    }
    return name.startsWith("@") ? fact(name.substring(1)) : path(name);
  }

  private Operand variable(String name) {
    Operand known = variables.get(name);
    if (known == null) {
      throw new IllegalArgumentException("$" + name + " is not defined before this place");
    }
    return known;
  }

  private static Operand fact(String name) {
    Fact fact = Fact.named(name);
    if (fact == null) {
      throw new IllegalArgumentException("@" + name + " is unknown; known are " + Fact.names());
    }
    return fact;
  }

  private static Operand path(String name) {
    if (!PATH.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "field must be names between dots, as in update.user.name, not \"" + name + "\"");
    }
    return FieldPath.parse(name);
  }

  private String argument() {
    return isQuote() ? quoted() : until(ENDS_PART).strip();
  }

  private boolean isQuote() {
    return at < text.length() && text.charAt(at) == '"';
  }

  private String quoted() {
    int end = text.indexOf('"', at + 1);
    if (end < 0) {
      throw new IllegalArgumentException("quotation mark is not closed");
    }
    String inside = text.substring(at + 1, end);
    at = end + 1;
    if (at < text.length() && !ENDS_PART.contains(text.charAt(at))) {
      throw new IllegalArgumentException("only : or | may follow \"" + inside + "\"");
    }
    return inside;
  }

  private String until(Set<Character> ends) {
    int start = at;
    while (at < text.length() && !ends.contains(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean skip(Set<Character> expected) {
    boolean there = at < text.length() && expected.contains(text.charAt(at));
    at += there ? 1 : 0;
    return there;
  }
}
