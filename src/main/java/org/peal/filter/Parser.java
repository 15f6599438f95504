package org.peal.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.peal.config.Suggestion;
import org.peal.filter.Token.Kind;
import org.peal.json.JsonLimits;
import org.peal.json.StrictJson;
import org.peal.message.TopicPattern;

/**
 * Reads an expression: operands joined by {@code and} and {@code or}, each as far as it binds more
 * tightly than what stands to its left (Pratt's method). Used once, by one thread.
 */
final class Parser {

  private static final int OR = 1;
  private static final int AND = 2;

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

  /** fedmsg's names, and other words, for what has another name here. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "msg", "body",
          "msg_id", "id",
          "username", "user",
          "modname", "service",
          "category", "service",
          "env", "environment",
          "time", "timestamp",
          "i", "envelope.i",
          "certificate", "signer",
          "like", "glob");

  private final String source;
  private final List<Token> tokens;
  private int next;
  private int parts;
  private int depth;

  private Parser(String source) {
    this.source = source;
    this.tokens = Lexer.tokens(source);
  }

  /**
   * Reads a whole text.
   *
   * @throws FilterException if it is not an expression
   */
  static Expression parse(String source) {
    requireShort(source);
    return new Parser(source).whole();
  }

  /**
   * Reads a path that stands alone.
   *
   * @throws FilterException if it is none
   */
  static Path parsePath(String source) {
    requireShort(source);
    Parser parser = new Parser(source);
    Path path = parser.path();
    Token rest = parser.peek();
    if (rest.kind() != Kind.END) {
      throw parser.problem(rest, "expected the end of the path, not " + rest.described());
    }
    return path;
  }

  private static void requireShort(String source) {
    if (source.length() > Filter.MAX_LENGTH) {
      throw FilterException.at(
          source,
          Filter.MAX_LENGTH,
          Filter.MAX_LENGTH,
          "an expression may have %d characters, this has %d"
              .formatted(Filter.MAX_LENGTH, source.length()));
    }
  }

  private Expression whole() {
    Expression expression = expression(0);
    Token rest = peek();
    if (rest.kind() != Kind.END) {
      throw problem(rest, rest.isSymbol(")") ? "this ) closes nothing" : noJoint(rest, "the end"));
    }
    return expression;
  }

  private static String noJoint(Token rest, String end) {
    return "expected \"and\", \"or\" or "
        + end
        + ", not "
        + rest.described()
        + meant(rest, List.of("and", "or"));
  }

  /** Reads operands and what joins them, as far as it binds more tightly than {@code power}. */
  private Expression expression(int power) {
    Expression left = operand();
    while (true) {
      if (power < AND && accept("and")) {
        left = new Expression.And(left, counted(expression(AND)));
      } else if (power < OR && accept("or")) {
        left = new Expression.Or(left, counted(expression(OR)));
      } else {
        return left;
      }
    }
  }

  private Expression operand() {
    Token first = peek();
    if (++depth > Filter.MAX_DEPTH) {
      throw problem(first, "nested deeper than %d levels".formatted(Filter.MAX_DEPTH));
    }
    Expression result;
    if (accept("not")) {
      result = new Expression.Not(counted(operand()));
    } else if (first.isSymbol("(")) {
      result = parenthesized();
    } else {
      result = test();
    }
    depth--;
    return result;
  }

  private Expression parenthesized() {
    Token open = take();
    Expression inner = expression(0);
    Token close = peek();
    if (close.kind() == Kind.END) {
      throw problem(open, "this ( is never closed");
    } else if (!close.isSymbol(")")) {
      throw problem(close, noJoint(close, "\")\""));
    }
    take();
    return inner;
  }

  private Expression test() {
    Path path = path();
    boolean negated = accept("not");
    Token operator = take();
    Expression test = counted(new Expression.Test(path, condition(operator, negated)));
    return negated || operator.isSymbol("!=") ? new Expression.Not(test) : test;
  }

  private Path path() {
    Token first = take();
    Field field = field(first);
    List<Step> steps = new ArrayList<>();
    while (peek().isSymbol(".") || peek().isSymbol("[")) {
      if (!field.hasMembers()) {
        throw problem(peek(), field.word() + " is a single value, nothing is inside");
      }
      steps.add(counted(take().isSymbol(".") ? member() : inBrackets()));
    }
    return new Path(field, steps);
  }

  private Field field(Token token) {
    if (token.kind() != Kind.WORD) {
      throw problem(
          token,
          switch (token.kind()) {
            case STRING, NUMBER -> "a field must stand on the left, the value on the right";
            default -> "expected a field, not " + token.described() + "; " + knownFields();
          });
    }
    return Field.named(token.text())
        .orElseThrow(
            () -> problem(token, "unknown field \"" + token.text() + "\"" + meantField(token)));
  }

  private static String meantField(Token token) {
    String meant = meant(token, Field.words());
    return meant.isEmpty()
        ? "; " + knownFields() + "; what a message says is in body, as in body.owner"
        : meant;
  }

  private static String knownFields() {
    return "fields are " + String.join(", ", Field.words());
  }

  private Step member() {
    Token name = take();
    if (name.kind() != Kind.WORD) {
      throw problem(name, "expected a name; any other key is written [\"..\"], an index [0]");
    }
    return new Step.Member(name.text());
  }

  private Step inBrackets() {
    Token inner = take();
    if (inner.isSymbol("]")) {
      return new Step.Each();
    }
    Step step =
        switch (inner.kind()) {
          case STRING -> new Step.Member(inner.text());
          case NUMBER -> new Step.Element(index(inner));
          default -> throw problem(inner, "expected ], an index or a quoted key");
        };
    expect("]");
    return step;
  }

  private int index(Token token) {
    if (!token.text().matches("[0-9]{1,9}")) {
      throw problem(token, "an index is a whole number from 0: " + token.text());
    }
    return Integer.parseInt(token.text());
  }

  private Condition condition(Token operator, boolean negated) {
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
    throw problem(operator, noOperator(operator));
  }

  private static String noOperator(Token token) {
    String meant = meant(token, OPERATORS);
    return "expected an operator, not "
        + token.described()
        + (meant.isEmpty() ? "; operators are " + String.join(", ", OPERATORS) : meant);
  }

  private Condition ordered(Token operator) {
    Token place = peek();
    Literal literal = literal();
    if (!literal.hasOrder()) {
      throw problem(place, "only numbers and strings have an order, use == or !=");
    }
    for (Order order : Order.values()) {
      if (operator.isSymbol(order.symbol())) {
        return new Condition.Ordered(order, literal);
      }
    }
    throw new IllegalStateException(operator.text());
  }

  private List<Literal> list() {
    if (!peek().isSymbol("[")) {
      throw problem(peek(), "expected a list as in [\"a\", \"b\"], not " + peek().described());
    }
    take();
    List<Literal> literals = new ArrayList<>();
    while (literals.isEmpty() || peek().isSymbol(",")) {
      if (!literals.isEmpty()) {
        take();
      }
      literals.add(literal());
    }
    expect("]");
    return literals;
  }

  private Literal literal() {
    Token token = take();
    return counted(
        switch (token.kind()) {
          case STRING -> Literal.of(token.text());
          case NUMBER -> number(token);
          case WORD -> constant(token);
          case SYMBOL, END -> throw problem(token, "expected a value, not " + token.described());
        });
  }

  private Literal number(Token token) {
    Literal literal = json(token.text());
    if (!Double.isFinite(literal.value().isDouble() ? literal.value().doubleValue() : 0)) {
      throw problem(token, "number is too large");
    }
    return literal;
  }

  private Literal constant(Token token) {
    return switch (token.text()) {
      case "true", "false", "null" -> json(token.text());
      default -> throw problem(token, noConstant(token));
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
    Token token = take();
    if (token.kind() != Kind.STRING) {
      throw problem(token, operator + " takes a string in quotes, not " + token.described());
    }
    try {
      return counted(compile.apply(token.text()));
    } catch (IllegalArgumentException e) {
      throw problem(token, "not a usable " + noun(operator) + ": " + e.getMessage());
    }
  }

  private static String noun(String operator) {
    return operator.equals("matches") ? "regular expression (RE2)" : operator;
  }

  /** Returns a question for what was probably meant, or nothing. */
  private static String meant(Token token, List<String> known) {
    String word = token.text().toLowerCase(Locale.ROOT);
    return Optional.ofNullable(OTHER_NAMES.get(word))
        .filter(other -> known.contains(other.replaceFirst("\\..*", "")))
        .or(() -> Suggestion.nearest(word, known))
        .map(best -> ", did you mean \"" + best + "\"?")
        .orElse("");
  }

  private void expect(String symbol) {
    Token token = take();
    if (!token.isSymbol(symbol)) {
      throw problem(token, "expected \"" + symbol + "\", not " + token.described());
    }
  }

  private boolean accept(String word) {
    boolean found = peek().isWord(word);
    if (found) {
      take();
    }
    return found;
  }

  private Token peek() {
    return tokens.get(next);
  }

  /** Returns the next token and goes on; the end is returned for ever. */
  private Token take() {
    Token token = peek();
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  private <T> T counted(T part) {
    if (++parts > Filter.MAX_PARTS) {
      throw problem(
          tokens.get(Math.max(0, next - 1)),
          "an expression may have %d parts".formatted(Filter.MAX_PARTS));
    }
    return part;
  }

  private FilterException problem(Token token, String text) {
    return FilterException.at(source, token.start(), token.end(), text);
  }
}
