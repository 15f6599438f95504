package org.peal.config;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.peal.PealException;

/** Thrown when a configuration cannot be used; carries all of its problems, not only the first. */
public final class ConfigException extends PealException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** Makes an exception whose message has one line for each of the problems, at least one. */
  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(joining("\n")), null);
    this.problems = List.copyOf(problems);
  }

  /** Makes an exception for a single problem. */
  public ConfigException(Place place, String key, String text) {
    this(List.of(new Problem(place, key, text)));
  }

  /** Returns the problems, in the order in which they were found; never empty. */
  public List<Problem> problems() {
    return problems;
  }

  @Override
  public Category category() {
    return Category.FATAL;
  }
}
