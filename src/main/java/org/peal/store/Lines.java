package org.peal.store;

import java.util.List;

/** Keeps a few lines of text in one column. Stateless. */
final class Lines {

  private static final String END = "\n";

  private Lines() {}

  /** Returns one text; what would be more than one line becomes one. */
  static String join(List<String> lines) {
    return String.join(END, lines.stream().map(line -> line.replace('\n', ' ')).toList());
  }

  static List<String> split(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(END, -1));
  }
}
