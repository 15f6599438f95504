package org.peal.json;

/**
 * Prepares a text so that Jackson takes exactly the {@code u} escapes that Python takes.
 *
 * <ul>
 *   <li>An escaped surrogate is replaced by the character itself. Python takes one without its
 *       other half; Jackson refuses that in a name, but does not look at characters that are not
 *       escaped. UTF-8 itself has no halves.
 *   <li>In the first escape without four hexadecimal digits, the first character that is none is
 *       replaced by an ASCII one that is none. Jackson looks at the low eight bits only, and so
 *       takes U+0130 for a zero. Nothing further on is replaced: the text is refused here at the
 *       latest.
 * </ul>
 *
 * <p>Neither makes a text valid or invalid. Inside a string an escaped surrogate and the character
 * are the same; elsewhere each is an error. Backslashes are taken in pairs from the left, as every
 * reader does inside a string; where that is wrong, a backslash stands outside of strings before.
 */
final class UnicodeEscapes {

  private static final int LENGTH = 6;
  private static final int MALFORMED = -1;
  private static final char NO_DIGIT = 'x';

  private final char[] chars;
  private final int end;

  UnicodeEscapes(SourceText text) {
    this.chars = text.chars();
    this.end = text.length();
  }

  /** Returns the prepared text, which may share the given one's characters. */
  SourceText prepared() {
    int first = next(0);
    return first == end ? new SourceText(chars, end) : prepared(first);
  }

  private SourceText prepared(int first) {
    char[] target = new char[end];
    int length = 0;
    int from = 0;
    int escape = first;
    while (isSurrogate(escape)) {
      System.arraycopy(chars, from, target, length, escape - from);
      length += escape - from;
      target[length++] = (char) unit(escape);
      from = escape + LENGTH;
      escape = next(from);
    }
    System.arraycopy(chars, from, target, length, end - from);
    int noDigit = noDigit(escape);
    if (noDigit < end) {
      target[length + noDigit - from] = NO_DIGIT;
    }
    return new SourceText(target, length + end - from);
  }

  /** Returns where in the given text a place in the prepared one comes from. */
  int originalPlace(int place) {
    int original = place;
    int escape = next(0);
    while (escape < original && isSurrogate(escape)) {
      original += LENGTH - 1;
      escape = next(escape + LENGTH);
    }
    return original;
  }

  /** Returns the next escape that is a surrogate or malformed, or the end. */
  private int next(int from) {
    int i = from;
    while (i < end && !isToReplace(i)) {
      i += chars[i] == '\\' ? 2 : 1;
    }
    return Math.min(i, end);
  }

  private boolean isToReplace(int i) {
    return chars[i] == '\\'
        && i + 1 < end
        && chars[i + 1] == 'u'
        && (unit(i) == MALFORMED || isSurrogate(i));
  }

  private boolean isSurrogate(int escape) {
    int unit = unit(escape);
    return unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE;
  }

  private int unit(int escape) {
    if (end - escape < LENGTH) {
      return MALFORMED;
    }
    int unit = 0;
    for (int i = escape + 2; i < escape + LENGTH; i++) {
      int digit = hexDigit(chars[i]);
      if (digit < 0) {
        return MALFORMED;
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  private int noDigit(int escape) {
    int i = escape + 2;
    while (i < end && hexDigit(chars[i]) >= 0) {
      i++;
    }
    return i;
  }

  private static int hexDigit(char c) {
    return c <= 'f' ? Character.digit(c, 16) : -1;
  }
}
