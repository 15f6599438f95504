package org.peal.message;

import java.util.List;

/**
 * A dotted topic name such as {@code org.fedoraproject.prod.bodhi.update.comment}. Immutable.
 *
 * @param value the full text; never empty
 */
public record Topic(String value) {

  public Topic {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("topic must not be empty");
    }
  }

  /** Returns the parts between the dots, at least one; a part may be empty. */
  public List<String> segments() {
    return split(value);
  }

  static List<String> split(String text) {
    return List.of(text.split("\\.", -1));
  }

  @Override
  public String toString() {
    return value;
  }
}
