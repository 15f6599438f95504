package org.peal.sentence;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peal.message.TopicPattern;

/**
 * How to tell the messages of some topics. Immutable.
 *
 * @param topics patterns for what follows the service; one must match
 * @param conditions all of which must hold
 * @param say the subtitle; the rule applies only when it has a value
 * @param link where to read more
 * @param users the accounts that take part
 * @param packages the source packages it is about
 */
record Rule(
    List<TopicPattern> topics,
    List<Condition> conditions,
    Template say,
    Operand link,
    List<Operand> users,
    List<Operand> packages) {

  private static final int LONGEST_NAME = 200;

  Rule {
    topics = List.copyOf(topics);
    conditions = List.copyOf(conditions);
    users = List.copyOf(users);
    packages = List.copyOf(packages);
  }

  /** Returns what the message says, or null when the rule does not apply. */
  @Nullable Sentence tell(Subject subject) {
    if (!matches(subject)) {
      return null;
    }
    String text = say.write(subject);
    return text == null || text.isBlank()
        ? null
        : new Sentence(
            subject.title(),
            text,
            first(link, subject),
            names(users, subject),
            names(packages, subject));
  }

  private boolean matches(Subject subject) {
    return topics.stream().anyMatch(pattern -> pattern.matches(subject.event()))
        && conditions.stream().allMatch(condition -> condition.holds(subject));
  }

  private static String first(Operand operand, Subject subject) {
    List<String> texts = operand.in(subject);
    return texts.isEmpty() ? "" : texts.get(0);
  }

  /** Collects names; texts that cannot be one, such as addresses, are left out. */
  private static Set<String> names(List<Operand> operands, Subject subject) {
    Set<String> names = new LinkedHashSet<>();
    for (Operand operand : operands) {
      operand.in(subject).stream().filter(Rule::isName).forEach(names::add);
    }
    return names;
  }

  private static boolean isName(String text) {
    return text.length() <= LONGEST_NAME
        && text.chars().noneMatch(c -> Character.isWhitespace(c) || c == '@' || c == '/');
  }
}
