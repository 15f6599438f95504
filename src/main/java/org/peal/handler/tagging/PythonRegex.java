package org.peal.handler.tagging;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.peal.BoundedRegex;

/** An expression of Python's {@code re}, searched under a deadline. Immutable and thread-safe. */
final class PythonRegex {

  /** Far more than an expression that was not made to take long needs, on the slowest machine. */
  static final Duration DEADLINE = Duration.ofSeconds(1);

  private final BoundedRegex regex;
  private final LiteralStart start;
  private final Map<String, Integer> groups;
  private final Set<String> optional;

  private PythonRegex(
      BoundedRegex regex, LiteralStart start, RegexTranslator.Translation translation) {
    this.regex = regex;
    this.start = start;
    this.groups = translation.groups();
    this.optional = translation.optional();
  }

  /**
   * Compiles an expression.
   *
   * @throws RegexException if Python refuses it, or it has no equivalent here
   */
  static PythonRegex compile(String expression) throws RegexException {
    RegexTranslator.Translation translation = RegexTranslator.translate(expression);
    try {
      Pattern pattern = Pattern.compile(translation.java());
      return new PythonRegex(
          new BoundedRegex(pattern, DEADLINE), LiteralStart.of(expression), translation);
    } catch (PatternSyntaxException e) {
      throw new RegexException(e.getDescription());
    } catch (StackOverflowError e) {
      throw new RegexException("expression is too complex");
    }
  }

  /** Searches anywhere in a text, as {@code re.search} does. */
  BoundedRegex.Search search(String text) {
    return mayBeIn(text) ? regex.search(text) : new BoundedRegex.Absent();
  }

  /** Tells, at little cost, whether a search may find anything; false is certain. */
  boolean mayBeIn(String text) {
    return start.mayBeIn(text);
  }

  /** Returns the number of each named group in a match, in the order in which they open. */
  Map<String, Integer> groups() {
    return groups;
  }

  /** Returns the named groups that a match need not go through. */
  Set<String> optional() {
    return optional;
  }
}
