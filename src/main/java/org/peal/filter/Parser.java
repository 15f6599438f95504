package org.peal.filter;

import java.util.ArrayList;
import java.util.List;
import org.peal.filter.Token.Kind;

/**
 * Reads an expression: operands joined by {@code and} and {@code or}, each as far as it binds more
 * tightly than what stands to its left (Pratt's method). Used once, by one thread.
 */
final class Parser {

  private static final int OR = 1;
  private static final int AND = 2;

  private final Tokens in;
  private final ConditionReader conditions;
  private int depth;

  private Parser(String source) {
    this.in = new Tokens(source);
    this.conditions = new ConditionReader(in);
  }

  /**
   * Reads a whole text.
   *
   * @throws FilterException if it is not an expression
   */
  static Expression parse(String source) {
    return new Parser(source).whole();
  }

  /**
   * Reads a path that stands alone.
   *
   * @throws FilterException if it is none
   */
  static Path parsePath(String source) {
    Parser parser = new Parser(source);
    Path path = parser.path();
    Token rest = parser.in.peek();
    if (rest.kind() != Kind.END) {
      throw parser.in.problem(rest, "expected the end of the path, not " + rest.described());
    }
    return path;
  }

  private Expression whole() {
    Expression expression = expression(0);
    Token rest = in.peek();
    if (rest.kind() != Kind.END) {
      throw in.problem(
          rest, rest.isSymbol(")") ? "this ) closes nothing" : noJoint(rest, "the end"));
    }
    return expression;
  }

  private static String noJoint(Token rest, String end) {
    return "expected \"and\", \"or\" or "
        + end
        + ", not "
        + rest.described()
        + Meant.question(rest, List.of("and", "or"));
  }

  /** Reads operands and what joins them, as far as it binds more tightly than {@code power}. */
  private Expression expression(int power) {
    Expression left = operand();
    while (true) {
      if (power < AND && in.accept("and")) {
        left = new Expression.And(left, in.counted(expression(AND)));
      } else if (power < OR && in.accept("or")) {
        left = new Expression.Or(left, in.counted(expression(OR)));
      } else {
        return left;
      }
    }
  }

  private Expression operand() {
    Token first = in.peek();
    if (++depth > Filter.MAX_DEPTH) {
      throw in.problem(first, "nested deeper than %d levels".formatted(Filter.MAX_DEPTH));
    }
    Expression result;
    if (in.accept("not")) {
      result = new Expression.Not(in.counted(operand()));
    } else if (first.isSymbol("(")) {
      result = parenthesized();
    } else {
      result = test();
    }
    depth--;
    return result;
  }

  private Expression parenthesized() {
    Token open = in.take();
    Expression inner = expression(0);
    Token close = in.peek();
    if (close.kind() == Kind.END) {
      throw in.problem(open, "this ( is never closed");
    } else if (!close.isSymbol(")")) {
      throw in.problem(close, noJoint(close, "\")\""));
    }
    in.take();
    return inner;
  }

  private Expression test() {
    Path path = path();
    boolean negated = in.accept("not");
    Token operator = in.take();
    Expression test = in.counted(new Expression.Test(path, conditions.read(operator, negated)));
    return negated || operator.isSymbol("!=") ? new Expression.Not(test) : test;
  }

  private Path path() {
    Token first = in.take();
    Field field = field(first);
    List<Step> steps = new ArrayList<>();
    while (in.peek().isSymbol(".") || in.peek().isSymbol("[")) {
      if (!field.hasMembers()) {
        throw in.problem(in.peek(), field.word() + " is a single value, nothing is inside");
      }
      steps.add(in.counted(in.take().isSymbol(".") ? member() : inBrackets()));
    }
    return new Path(field, steps);
  }

  private Field field(Token token) {
    if (token.kind() != Kind.WORD) {
      throw in.problem(
          token,
          switch (token.kind()) {
            case STRING, NUMBER -> "a field must stand on the left, the value on the right";
            default -> "expected a field, not " + token.described() + "; " + knownFields();
          });
    }
    return Field.named(token.text())
        .orElseThrow(
            () -> in.problem(token, "unknown field \"" + token.text() + "\"" + meantField(token)));
  }

  private static String meantField(Token token) {
    String meant = Meant.question(token, Field.words());
    return meant.isEmpty()
        ? "; " + knownFields() + "; what a message says is in body, as in body.owner"
        : meant;
  }

  private static String knownFields() {
    return "fields are " + String.join(", ", Field.words());
  }

  private Step member() {
    Token name = in.take();
    if (name.kind() != Kind.WORD) {
      throw in.problem(name, "expected a name; any other key is written [\"..\"], an index [0]");
    }
    return new Step.Member(name.text());
  }

  private Step inBrackets() {
    Token inner = in.take();
    if (inner.isSymbol("]")) {
      return new Step.Each();
    }
    Step step =
        switch (inner.kind()) {
          case STRING -> new Step.Member(inner.text());
          case NUMBER -> new Step.Element(index(inner));
          default -> throw in.problem(inner, "expected ], an index or a quoted key");
        };
    in.expect("]");
    return step;
  }

  private int index(Token token) {
    if (!token.text().matches("[0-9]{1,9}")) {
      throw in.problem(token, "an index is a whole number from 0: " + token.text());
    }
    return Integer.parseInt(token.text());
  }
}
