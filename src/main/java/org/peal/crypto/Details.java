package org.peal.crypto;

/** Keeps what a sender wrote short and harmless in texts for people. Stateless. */
public final class Details {

  private static final int MAX_VALUE = 200;
  private static final int MAX_TEXT = 1000;

  private Details() {}

  /** Returns the start of a value, to be quoted inside a text. */
  public static String excerpt(String value) {
    return start(value, MAX_VALUE);
  }

  /** Returns the start of a text, with a question mark for every control character. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(start(text, MAX_TEXT));
    for (int i = 0; i < clean.length(); i++) {
      if (Character.isISOControl(clean.charAt(i))) {
        clean.setCharAt(i, '?');
      }
    }
    return clean.toString();
  }

  private static String start(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }
}
