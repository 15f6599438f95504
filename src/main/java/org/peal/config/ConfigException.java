package org.peal.config;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.peal.PealException;

/** Thrown when a configuration cannot be used; carries all of its problems, not only the first. */
public final class ConfigException extends PealException {

  private static final int MAX_SHOWN = 50;

  private final List<Problem> problems;

  /**
   * Makes an exception whose message has a line for each of the first 50 problems, at least one.
   */
  public ConfigException(List<Problem> problems) {
    super(lines(problems), null);
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

  private static String lines(List<Problem> problems) {
    int more = problems.size() - MAX_SHOWN;
    String shown = problems.stream().limit(MAX_SHOWN).map(Problem::toString).collect(joining("\n"));
    return more > 0 ? shown + "\nand " + more + " more problems" : shown;
  }

  @Override
  public Category category() {
    return Category.FATAL;
  }
}
