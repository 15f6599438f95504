package org.peal.filter;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalInt;
import org.peal.message.TopicPattern;

/** What may be true of one value. Immutable. */
sealed interface Condition {

  /** Tells whether a value, never the missing node, meets this condition. */
  boolean holds(JsonNode value, Run run);

  /** Returns the operator and its operand. */
  String text();

  /** Returns the spelling of the opposite. */
  default String negated() {
    return "not " + text();
  }

  /** There is a value at all; null is one. */
  record Exists() implements Condition {
    @Override
    public boolean holds(JsonNode value, Run run) {
      return true;
    }

    @Override
    public String text() {
      return "exists";
    }
  }

  /** The value is equal to a literal. */
  record Equal(Literal literal) implements Condition {
    @Override
    public boolean holds(JsonNode value, Run run) {
      return literal.isEqualTo(value);
    }

    @Override
    public String text() {
      return "== " + literal.text();
    }

    @Override
    public String negated() {
      return "!= " + literal.text();
    }
  }

  /** The value stands in some order to a literal. */
  record Ordered(Order order, Literal literal) implements Condition {
    @Override
    public boolean holds(JsonNode value, Run run) {
      OptionalInt compared = literal.compareTo(value);
      return compared.isPresent() && order.accepts(compared.getAsInt());
    }

    @Override
    public String text() {
      return order.symbol() + " " + literal.text();
    }
  }

  /** The value is equal to one of several literals. */
  record In(List<Literal> literals) implements Condition {
    public In {
      literals = List.copyOf(literals);
    }

    @Override
    public boolean holds(JsonNode value, Run run) {
      run.spend(literals.size());
      return literals.stream().anyMatch(literal -> literal.isEqualTo(value));
    }

    @Override
    public String text() {
      return "in [" + literals.stream().map(Literal::text).collect(joining(", ")) + "]";
    }
  }

  /** The value is a text with the literal in it, or an array with an element equal to it. */
  record Contains(Literal literal) implements Condition {
    @Override
    public boolean holds(JsonNode value, Run run) {
      return value.isArray() ? isAmong(value, run) : isWithin(value, run);
    }

    private boolean isAmong(JsonNode array, Run run) {
      run.spend(array.size());
      for (JsonNode element : array) {
        if (literal.isEqualTo(element)) {
          return true;
        }
      }
      return false;
    }

    private boolean isWithin(JsonNode value, Run run) {
      if (!value.isTextual() || !literal.value().isTextual()) {
        return false;
      }
      run.spend(Cost.search(value.textValue(), literal.value().textValue().length()));
      return value.textValue().contains(literal.value().textValue());
    }

    @Override
    public String text() {
      return "contains " + literal.text();
    }
  }

  /** The value is a text that the wildcards cover as a whole. */
  record Like(Glob glob) implements Condition {
    @Override
    public boolean holds(JsonNode value, Run run) {
      if (!value.isTextual()) {
        return false;
      }
      run.spend(Cost.search(value.textValue(), glob.pattern().length()));
      return glob.matches(value.textValue());
    }

    @Override
    public String text() {
      return "glob " + Literal.of(glob.pattern()).text();
    }
  }

  /** The value is a dotted name that a topic pattern covers. */
  record Under(TopicPattern pattern) implements Condition {
    @Override
    public boolean holds(JsonNode value, Run run) {
      if (!value.isTextual()) {
        return false;
      }
      run.spend(Cost.search(value.textValue(), pattern.toString().length()));
      return pattern.matches(value.textValue());
    }

    @Override
    public String text() {
      return "pattern " + Literal.of(pattern.toString()).text();
    }
  }

  /** The value is a text in which a regular expression is found. */
  record Matches(Regex regex) implements Condition {
    @Override
    public boolean holds(JsonNode value, Run run) {
      if (!value.isTextual()) {
        return false;
      }
      run.spend(Cost.search(value.textValue(), regex.size()));
      return regex.isFoundIn(value.textValue());
    }

    @Override
    public String text() {
      return "matches " + Literal.of(regex.pattern()).text();
    }
  }
}
