package org.peal.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the Markdown of the configuration reference into a manual page: headings, paragraphs,
 * lists, code and links; nothing else is in it. Stateless.
 */
final class MarkdownManual {

  private static final Pattern NUMBERED = Pattern.compile("(\\d+\\.) (.*)");
  private static final Pattern INLINE = Pattern.compile("`([^`]+)`|\\[([^\\]]+)\\]\\([^)]*\\)");

  private MarkdownManual() {}

  static void write(Roff page, String markdown) {
    boolean isParagraph = false;
    for (String line : markdown.lines().toList()) {
      isParagraph = !line.isBlank() && write(page, line, isParagraph);
    }
  }

  /** Writes a line and tells whether the next one may go on with it. */
  private static boolean write(Roff page, String line, boolean isParagraph) {
    Matcher numbered = NUMBERED.matcher(line);
    if (line.startsWith("# ") || line.startsWith("<!--")) {
      return false;
    } else if (line.startsWith("## ")) {
      page.section(line.substring(3).replace("`", ""));
      return false;
    } else if (line.startsWith("### ")) {
      page.subsection(line.substring(4).replace("`", ""));
      return false;
    } else if (line.startsWith("- ")) {
      page.lineBreak();
      page.line(inline(line.substring(2)));
      return true;
    } else if (numbered.matches()) {
      page.item();
      page.line(Roff.text(numbered.group(1)));
      page.line(inline(numbered.group(2)));
      return true;
    }
    if (!isParagraph) {
      page.paragraph();
    }
    page.line(inline(line.strip()));
    return true;
  }

  private static String inline(String text) {
    StringBuilder formatted = new StringBuilder();
    Matcher marked = INLINE.matcher(text);
    int from = 0;
    while (marked.find()) {
      formatted.append(Roff.text(text.substring(from, marked.start())));
      formatted.append(
          marked.group(1) != null ? Roff.bold(marked.group(1)) : Roff.text(marked.group(2)));
      from = marked.end();
    }
    return formatted.append(Roff.text(text.substring(from))).toString();
  }
}
