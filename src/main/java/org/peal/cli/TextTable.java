package org.peal.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of columns for people, safe for a terminal. Immutable.
 *
 * @param head the names of the columns
 * @param rows each as long as the head
 */
record TextTable(List<String> head, List<List<String>> rows) {

  private static final int MOST = 200;
  private static final String BETWEEN = "  ";

  /** Returns the head and the rows, without white space at their ends. */
  List<String> lines() {
    List<List<String>> all = new ArrayList<>(List.of(head));
    rows.forEach(row -> all.add(row.stream().map(cell -> SafeText.line(cell, MOST)).toList()));
    int[] widths = new int[head.size()];
    all.forEach(
        row -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    return all.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      line.append(cell).append(" ".repeat(widths[i] - cell.length())).append(BETWEEN);
    }
    return line.toString().stripTrailing();
  }
}
