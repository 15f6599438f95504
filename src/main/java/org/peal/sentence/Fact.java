package org.peal.sentence;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A value that is not in the body, written with an {@code @}. */
record Fact(Function<Subject, String> value) implements Operand {

  private static final Map<String, Function<Subject, String>> NAMES =
      new TreeMap<>(
          Map.of(
              "topic", Subject::topic,
              "title", Subject::title,
              "prefix", Subject::prefix,
              "environment", Subject::environment,
              "service", Subject::service,
              "event", Subject::event,
              "username", Subject::username,
              "facts", Subject::facts));

  /** Returns the fact of a name, or null. */
  static @Nullable Fact named(String name) {
    if (name.length() == 1 && name.charAt(0) >= '1' && name.charAt(0) <= '9') {
      int distance = name.charAt(0) - '0' + 1;
      return new Fact(subject -> subject.segment(distance));
    }
    Function<Subject, String> value = NAMES.get(name);
    return value == null ? null : new Fact(value);
  }

  static String names() {
    return String.join(", ", NAMES.keySet()) + " and 1 to 9";
  }

  @Override
  public List<String> in(Subject subject) {
    return Limits.one(value.apply(subject));
  }
}
