package org.peal.handler.tagging;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The expressions of one rule file, each compiled once. Filled while the file is read, then
 * read-only and thread-safe.
 */
final class Expressions {

  /** Either an expression or why there is none. */
  private final Map<String, Object> compiled = new HashMap<>();

  /**
   * Compiles an expression, if that was not done before.
   *
   * @throws RegexException if it cannot be used
   */
  PythonRegex add(String expression) throws RegexException {
    Object found = compiled.computeIfAbsent(expression, Expressions::compile);
    if (found instanceof RegexException problem) {
      throw problem;
    }
    return (PythonRegex) found;
  }

  private static Object compile(String expression) {
    try {
      return PythonRegex.compile(expression);
    } catch (RegexException e) {
      return e;
    }
  }

  /**
   * Returns an expression that was added.
   *
   * @throws MatchException if it could not be compiled
   */
  PythonRegex get(String expression) throws MatchException {
    Object found = Objects.requireNonNull(compiled.get(expression), expression);
    if (found instanceof RegexException problem) {
      throw new MatchException("error", problem.getMessage() + ": " + expression);
    }
    return (PythonRegex) found;
  }
}
