package org.peal.cli;

import org.peal.sentence.Sentences;

/** A cow that tells the message; drawn here, because text from the bus never reaches a shell. */
final class Cow {

  private static final int WIDTH = 40;

  private Cow() {}

  static MessagePrinter printer(Sentences sentences) {
    return (delivery, out) -> {
      String text = delivery.tree().map(tree -> sentences.of(tree).subtitle()).orElse("(not JSON)");
      out.line("");
      out.line(draw(SafeText.line(text, 400)));
      return true;
    };
  }

  private static String draw(String text) {
    StringBuilder out = new StringBuilder();
    int width = Math.max(1, Math.min(WIDTH, text.length()));
    out.append(' ').append("_".repeat(width + 2)).append('\n');
    for (int at = 0; at == 0 || at < text.length(); at += width) {
      String part = text.substring(at, Math.min(text.length(), at + width));
      out.append("| ").append(part).append(" ".repeat(width - part.length())).append(" |\n");
    }
    out.append(' ').append("-".repeat(width + 2)).append('\n');
    out.append("    \\   ^__^\n");
    out.append("     \\  (oo)\\_______\n");
    out.append("        (__)\\       )\\/\n");
    out.append("            ||----w |\n");
    out.append("            ||     ||");
    return out.toString();
  }
}
