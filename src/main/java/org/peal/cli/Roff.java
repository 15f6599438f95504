package org.peal.cli;

import java.util.List;

/**
 * Writes a manual page in the language of {@code man(7)}. Everything that it is given is text, of
 * which nothing means anything to the formatter. For one page, by one thread.
 */
final class Roff {

  private final StringBuilder out = new StringBuilder();

  /** Begins a page; there is no date, so that the same program always writes the same page. */
  Roff(String name, int section, String source) {
    out.append(".TH %s %d \"\" %s\n".formatted(quoted(name), section, quoted(source)));
    // Words are not divided, and lines are not stretched: both would change what is to be typed.
    out.append(".nh\n.ad l\n");
  }

  /** Returns a page that shows another one, {@code man1/NAME.1}. */
  static String alias(String target) {
    return ".so " + target + "\n";
  }

  void section(String title) {
    out.append(".SH ").append(quoted(title)).append('\n');
  }

  void subsection(String title) {
    out.append(".SS ").append(quoted(title)).append('\n');
  }

  void paragraph() {
    out.append(".PP\n");
  }

  void lineBreak() {
    out.append(".br\n");
  }

  /** Begins an item; the term comes with the next call, the text with those after it. */
  void item() {
    out.append(".TP\n");
  }

  /** Writes a line of what {@link #text}, {@link #bold} and {@link #italic} return. */
  void line(String formatted) {
    if (!formatted.isEmpty()) {
      out.append(formatted.startsWith("\\f") ? "" : "\\&").append(formatted).append('\n');
    }
  }

  /** Writes lines as they are, without filling them. */
  void verbatim(List<String> lines) {
    out.append(".PP\n.nf\n");
    lines.forEach(line -> out.append("\\&").append(text(line)).append('\n'));
    out.append(".fi\n");
  }

  static String bold(String text) {
    return "\\fB" + text(text) + "\\fR";
  }

  static String italic(String text) {
    return "\\fI" + text(text) + "\\fR";
  }

  /** Returns text in which every character stands for itself, when copied from a terminal too. */
  static String text(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> escaped.append(escaped(point)));
    return escaped.toString();
  }

  private static String escaped(int point) {
    return switch (point) {
      case '\\' -> "\\(rs";
      case '-' -> "\\-";
      case '\'' -> "\\(aq";
      case '"' -> "\\(dq";
      case '`' -> "\\(ga";
      case '^' -> "\\(ha";
      case '~' -> "\\(ti";
      case '\n', '\r', '\t' -> " ";
      default ->
          point < 0x20 || point > 0x7e
              ? "\\[u%04X]".formatted(point)
              : String.valueOf((char) point);
    };
  }

  private static String quoted(String text) {
    return '"' + text(text) + '"';
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
