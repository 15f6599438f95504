package org.peal.bench;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One figure beside its limit. Immutable.
 *
 * @param path the path that was measured, such as {@code publish}
 * @param what which of its kinds, such as {@code signed, durable}
 * @param unit what figure and limit are, such as {@code /s}
 * @param figure the median of all rounds
 * @param limitName what limits it
 * @param limit the median of all rounds; 0 if there is none but the goal
 * @param ratio the median of the rounds' ratios, figure to limit
 * @param goal what the ratio should be
 * @param spread how far the ratios are apart: the largest less the smallest
 */
public record Row(
    String path,
    String what,
    String unit,
    double figure,
    String limitName,
    double limit,
    double ratio,
    @Nullable Goal goal,
    double spread) {

  /**
   * What a ratio should be. Immutable.
   *
   * @param isCeiling whether less is better
   */
  public record Goal(double value, boolean isCeiling) {

    static Goal atLeast(double value) {
      return new Goal(value, false);
    }

    static Goal atMost(double value) {
      return new Goal(value, true);
    }

    /** Tells whether a ratio is as it should be. */
    public boolean isMetBy(double ratio) {
      return isCeiling ? ratio <= value : ratio >= value;
    }
  }

  /** One round: the figure and the limit, measured one after the other. */
  record Round(double figure, double limit) {
    double ratio() {
      return limit == 0 ? 0 : figure / limit;
    }
  }

  static Row of(
      String path,
      String what,
      String unit,
      String limitName,
      List<Round> rounds,
      @Nullable Goal goal) {
    double[] ratios = rounds.stream().mapToDouble(Round::ratio).sorted().toArray();
    return new Row(
        path,
        what,
        unit,
        median(rounds.stream().mapToDouble(Round::figure).toArray()),
        limitName,
        median(rounds.stream().mapToDouble(Round::limit).toArray()),
        median(ratios),
        goal,
        ratios[ratios.length - 1] - ratios[0]);
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
