package org.peal.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peal.bench.Report;
import org.peal.bench.Row;
import org.peal.cli.Colours.Style;

/** Shows measurements to people, one line for each figure. */
final class BenchTable {

  /** A change of a ratio that is smaller is not worth a word. */
  private static final double NOTEWORTHY = 0.05;

  private final Output out;
  private final Colours colours;
  private final @Nullable Report earlier;

  /**
   * Makes a table.
   *
   * @param earlier what to compare with; null for nothing
   */
  BenchTable(Output out, Colours colours, @Nullable Report earlier) {
    this.out = out;
    this.colours = colours;
    this.earlier = earlier;
  }

  /** Prints the lines of one path. */
  void show(List<Row> rows) {
    String path = "";
    for (Row row : rows) {
      if (!row.path().equals(path)) {
        path = row.path();
        out.line(colours.paint(Style.TITLE, path));
      }
      show(row);
    }
    out.flush();
  }

  private void show(Row row) {
    out.line("  " + row.what());
    out.line(
        "    %s of %s (%s): ratio %s%s%s"
            .formatted(
                figure(row.figure(), row.unit()),
                figure(row.limit(), row.unit()),
                row.limitName(),
                ratio(row.ratio()),
                goal(row),
                change(row)));
  }

  private static String figure(double value, String unit) {
    String number = String.format(Locale.ROOT, value < 100 ? "%,.1f" : "%,.0f", value);
    return unit.startsWith("/") ? number + unit : number + " " + unit;
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private String goal(Row row) {
    Row.Goal goal = row.goal();
    if (goal == null) {
      return "";
    }
    String text = (goal.isCeiling() ? "at most " : "") + ratio(goal.value());
    return goal.isMetBy(row.ratio())
        ? ", " + colours.paint(Style.GOOD, "goal " + text + " met")
        : ", " + colours.paint(Style.BAD, "goal " + text + " missed");
  }

  private String change(Row row) {
    Optional<Row> before = earlier == null ? Optional.empty() : earlier.like(row);
    if (before.isEmpty()) {
      return "";
    }
    double change = row.ratio() / before.get().ratio() - 1;
    return Math.abs(change) < NOTEWORTHY
        ? ", as before"
        : String.format(
            Locale.ROOT, ", before %.2f (%+.0f %%)", before.get().ratio(), change * 100);
  }
}
