package org.peal.json;

/** The order of Python's strings: by code point, a lone surrogate by its own value. */
final class CodePointOrder {

  private CodePointOrder() {}

  /** Compares as a {@link java.util.Comparator} does; consistent with equals. */
  static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        return compareAt(a, b, i);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int compareAt(String a, String b, int difference) {
    boolean insidePair =
        difference > 0
            && Character.isHighSurrogate(a.charAt(difference - 1))
            && (Character.isLowSurrogate(a.charAt(difference))
                || Character.isLowSurrogate(b.charAt(difference)));
    int start = insidePair ? difference - 1 : difference;
    return Integer.compare(a.codePointAt(start), b.codePointAt(start));
  }
}
