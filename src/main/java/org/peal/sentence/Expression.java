package org.peal.sentence;

import java.util.List;

/** Alternatives, of which the first one that has a value counts. Immutable. */
record Expression(List<Alternative> alternatives) implements Operand {

  Expression {
    alternatives = List.copyOf(alternatives);
  }

  @Override
  public List<String> in(Subject subject) {
    for (Alternative alternative : alternatives) {
      List<String> texts = alternative.in(subject);
      if (!texts.isEmpty()) {
        return texts;
      }
    }
    return List.of();
  }

  /** Where texts come from and what is then done to them, in order. */
  record Alternative(Operand source, List<Change> changes) implements Operand {
    Alternative {
      changes = List.copyOf(changes);
    }

    @Override
    public List<String> in(Subject subject) {
      List<String> texts = source.in(subject);
      for (Change change : changes) {
        texts = change.apply(texts);
      }
      return texts;
    }
  }

  /** A fixed text. */
  record Literal(String text) implements Operand {
    @Override
    public List<String> in(Subject subject) {
      return Limits.one(text);
    }
  }
}
