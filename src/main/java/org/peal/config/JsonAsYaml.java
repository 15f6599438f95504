package org.peal.config;

/**
 * Writes the few things of JSON that YAML 1.1 does not take in a form that it does: tabs between
 * tokens, and the escaped solidus. Stateless.
 */
final class JsonAsYaml {

  private JsonAsYaml() {}

  /** Returns the text for a YAML reader; one that does not begin like JSON is returned as it is. */
  static String prepare(String text) {
    String start = text.stripLeading();
    boolean json = start.startsWith("{") || start.startsWith("[");
    return json && (text.indexOf('\t') >= 0 || text.contains("\\/")) ? rewritten(text) : text;
  }

  private static String rewritten(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    boolean inString = false;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (inString && c == '\\' && at + 1 < text.length()) {
        char next = text.charAt(++at);
        out.append(next == '/' ? "\\x2f" : "\\" + next);
      } else {
        inString ^= c == '"';
        // One for one, so that columns stay right.
        out.append(c == '\t' && !inString ? ' ' : c);
      }
    }
    return out.toString();
  }
}
