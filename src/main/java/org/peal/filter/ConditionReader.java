package org.peal.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.peal.filter.Token.Kind;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.TopicPattern;

/** Reads operators with the values on their right. Used once, by one thread. */
final class ConditionReader {

  private static final List<String> OPERATORS =
      List.of(
          "==",
          "!=",
          "<",
          "<=",
          ">",
          ">=",
          "in",
          "contains",
          "glob",
          "pattern",
          "matches",
          "exists",
          "not");

  private final Tokens in;

  /** Makes one that reads on where the tokens are. */
  ConditionReader(Tokens in) {
    this.in = in;
  }

  /**
   * Reads what is said of a path after the operator.
   *
   * @param negated whether {@code not} stands before the operator, which only words may have
   * @throws FilterException if it is no operator, or what follows does not suit it
   */
  Condition read(Token operator, boolean negated) {
    if (operator.kind() == Kind.SYMBOL && !negated) {
      switch (operator.text()) {
        case "==", "!=" -> {
          return new Condition.Equal(literal());
        }
        case "<", "<=", ">", ">=" -> {
          return ordered(operator);
        }
        default -> {}
      }
    } else if (operator.kind() == Kind.WORD) {
      switch (operator.text()) {
        case "exists" -> {
          return new Condition.Exists();
        }
        case "in" -> {
          return new Condition.In(list());
        }
        case "contains" -> {
          return new Condition.Contains(literal());
        }
        case "glob" -> {
          return new Condition.Like(pattern("glob", Glob::compile));
        }
        case "pattern" -> {
          return new Condition.Under(pattern("pattern", TopicPattern::parse));
        }
        case "matches" -> {
          return new Condition.Matches(pattern("matches", Regex::compile));
        }
        default -> {}
      }
    }
    throw in.problem(operator, noOperator(operator));
  }

  private static String noOperator(Token token) {
    String meant = Meant.question(token, OPERATORS);
    return "expected an operator, not "
        + token.described()
        + (meant.isEmpty() ? "; operators are " + String.join(", ", OPERATORS) : meant);
  }

  private Condition ordered(Token operator) {
    Token place = in.peek();
    Literal literal = literal();
    if (!literal.hasOrder()) {
      throw in.problem(place, "only numbers and strings have an order, use == or !=");
    }
    for (Order order : Order.values()) {
      if (operator.isSymbol(order.symbol())) {
        return new Condition.Ordered(order, literal);
      }
    }
    throw new IllegalStateException(operator.text());
  }

  private List<Literal> list() {
    if (!in.peek().isSymbol("[")) {
      throw in.problem(
          in.peek(), "expected a list as in [\"a\", \"b\"], not " + in.peek().described());
    }
    in.take();
    List<Literal> literals = new ArrayList<>();
    while (literals.isEmpty() || in.peek().isSymbol(",")) {
      if (!literals.isEmpty()) {
        in.take();
      }
      literals.add(literal());
    }
    in.expect("]");
    return literals;
  }

  private Literal literal() {
    Token token = in.take();
    return in.counted(
        switch (token.kind()) {
          case STRING -> Literal.of(token.text());
          case NUMBER -> number(token);
          case WORD -> constant(token);
          case SYMBOL, END -> throw in.problem(token, "expected a value, not " + token.described());
        });
  }

  private Literal number(Token token) {
    Literal literal = json(token.text());
    if (!Double.isFinite(literal.value().isDouble() ? literal.value().doubleValue() : 0)) {
      throw in.problem(token, "number is too large");
    }
    return literal;
  }

  private Literal constant(Token token) {
    return switch (token.text()) {
      case "true", "false", "null" -> json(token.text());
      default -> throw in.problem(token, noConstant(token));
    };
  }

  private static String noConstant(Token token) {
    return switch (token.text().toLowerCase(Locale.ROOT)) {
      case "none", "nil", "undefined" -> "expected a value; null is written null";
      case "true", "false" -> "expected a value; true and false are written in lower case";
      default -> "expected a value; a string is written in quotes: \"" + token.text() + "\"";
    };
  }

  private static Literal json(String text) {
    return new Literal(StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT));
  }

  private <T> T pattern(String operator, Function<String, T> compile) {
    Token token = in.take();
    if (token.kind() != Kind.STRING) {
      throw in.problem(token, operator + " takes a string in quotes, not " + token.described());
    }
    try {
      return in.counted(compile.apply(token.text()));
    } catch (IllegalArgumentException e) {
      throw in.problem(token, "not a usable " + noun(operator) + ": " + e.getMessage());
    }
  }

  private static String noun(String operator) {
    return operator.equals("matches") ? "regular expression (RE2)" : operator;
  }
}
