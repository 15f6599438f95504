package org.peal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.peal.cli.Colours.Style;
import org.peal.json.CanonicalJson;

/** Shows JSON to people: sorted keys, two spaces a level, ASCII only. Stateless. */
final class PrettyJson {

  private final String text;
  private final Colours colours;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int depth;

  private PrettyJson(String canonical, Colours colours) {
    this.text = canonical;
    this.colours = colours;
  }

  /** Returns the value over several lines, without a line break at the end. */
  static String format(JsonNode value, Colours colours) {
    String canonical = new String(CanonicalJson.write(value), StandardCharsets.US_ASCII);
    return new PrettyJson(canonical, colours).format();
  }

  private String format() {
    while (at < text.length()) {
      step(text.charAt(at));
    }
    return out.toString();
  }

  private void step(char c) {
    switch (c) {
      case '{', '[' -> open(c);
      case '}', ']' -> close(c);
      case ',' -> {
        out.append(c);
        at++;
        newLine();
      }
      case ':' -> {
        out.append(": ");
        at++;
      }
      case '"' -> string();
      default -> scalar();
    }
  }

  private void open(char c) {
    out.append(c);
    at++;
    char next = text.charAt(at);
    if (next == '}' || next == ']') {
      out.append(next);
      at++;
    } else {
      depth++;
      newLine();
    }
  }

  private void close(char c) {
    depth--;
    newLine();
    out.append(c);
    at++;
  }

  private void string() {
    int end = at + 1;
    while (text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    end++;
    boolean key = end < text.length() && text.charAt(end) == ':';
    out.append(colours.paint(key ? Style.KEY : Style.STRING, text.substring(at, end)));
    at = end;
  }

  private void scalar() {
    int end = at;
    while (end < text.length() && ",]}".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    out.append(colours.paint(Style.NUMBER, text.substring(at, end)));
    at = end;
  }

  private void newLine() {
    out.append('\n').append("  ".repeat(depth));
  }
}
