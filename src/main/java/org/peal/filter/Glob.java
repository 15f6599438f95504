package org.peal.filter;

import java.util.Arrays;

/**
 * A text with wildcards as in a shell: {@code *} stands for any characters, also none, {@code ?}
 * for one, and a backslash takes the meaning from the next character. Immutable.
 */
final class Glob {

  private static final int ANY = -1;
  private static final int ONE = -2;

  private final String pattern;
  private final int[] parts;

  private Glob(String pattern, int[] parts) {
    this.pattern = pattern;
    this.parts = parts;
  }

  /**
   * Compiles a pattern.
   *
   * @throws IllegalArgumentException with a message for people, if it ends in a lone backslash
   */
  static Glob compile(String pattern) {
    int[] parts = new int[pattern.length()];
    int length = 0;
    boolean escaped = false;
    for (int c : pattern.codePoints().toArray()) {
      if (!escaped && c == '\\') {
        escaped = true;
      } else {
        parts[length++] = escaped ? c : part(c);
        escaped = false;
      }
    }
    if (escaped) {
      throw new IllegalArgumentException("a character must follow the last backslash");
    }
    return new Glob(pattern, Arrays.copyOf(parts, length));
  }

  private static int part(int c) {
    return switch (c) {
      case '*' -> ANY;
      case '?' -> ONE;
      default -> c;
    };
  }

  String pattern() {
    return pattern;
  }

  /** Tells whether the pattern covers a text as a whole. */
  boolean matches(String text) {
    return matches(text.codePoints().toArray());
  }

  // As in TopicPattern: only the last * met is ever widened.
  private boolean matches(int[] text) {
    int p = 0;
    int t = 0;
    int afterAny = -1;
    int resume = 0;
    while (t < text.length) {
      if (isAt(p, ANY)) {
        afterAny = ++p;
        resume = t;
      } else if (isAt(p, ONE) || isAt(p, text[t])) {
        p++;
        t++;
      } else if (afterAny >= 0) {
        p = afterAny;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (isAt(p, ANY)) {
      p++;
    }
    return p == parts.length;
  }

  private boolean isAt(int index, int part) {
    return index < parts.length && parts[index] == part;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob glob && glob.pattern.equals(pattern);
  }

  @Override
  public int hashCode() {
    return pattern.hashCode();
  }
}
