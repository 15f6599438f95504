package org.peal.sentence;

import java.util.List;
import java.util.Map;

/**
 * A text picked by a value of the message. Immutable.
 *
 * @param of whose first text picks
 * @param words templates by that text
 * @param otherwise for any other value and for none
 */
record Choice(Operand of, Map<String, Template> words, Operand otherwise) implements Operand {

  Choice {
    words = Map.copyOf(words);
  }

  @Override
  public List<String> in(Subject subject) {
    List<String> key = of.in(subject);
    Template word = key.isEmpty() ? null : words.get(key.get(0));
    return word == null ? otherwise.in(subject) : word.in(subject);
  }
}
