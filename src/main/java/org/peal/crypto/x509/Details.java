package org.peal.crypto.x509;

/** Keeps what a sender wrote short and harmless in texts for people. Stateless. */
final class Details {

  private static final int MAX = 200;

  private Details() {}

  /** Returns the start of a text, with every control character replaced. */
  static String excerpt(String text) {
    String start = text.length() <= MAX ? text : text.substring(0, MAX) + "...";
    StringBuilder clean = new StringBuilder(start.length());
    start.chars().forEach(c -> clean.append(Character.isISOControl(c) ? '?' : (char) c));
    return clean.toString();
  }
}
