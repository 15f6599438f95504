package org.peal.node.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.peal.store.ReplayQuery;
import org.peal.store.ReplayQuery.Range;

class SequenceIdsTest {

  @Test
  void named_manyQueries_areJoinedInOrder() {
    ReplayQuery query =
        new ReplayQuery.AnyOf(
            List.of(
                new ReplayQuery.Ids(List.of(9L, 2L, 2L, 50L)),
                new Range(4, 6),
                new Range(7, 8),
                new Range(20, 10),
                new ReplayQuery.Time(0, 1e9),
                new ReplayQuery.MessageIds(List.of("x")),
                new ReplayQuery.Everything()));
    assertThat(SequenceIds.named(query, 2, 30)).containsExactly(new Range(2, 2), new Range(4, 9));
  }

  @Test
  void named_outsideTheLimits_isCutOff() {
    assertThat(SequenceIds.named(new Range(1, Long.MAX_VALUE), 5, 7))
        .containsExactly(new Range(5, 7));
    assertThat(SequenceIds.named(new Range(1, 4), 5, 7)).isEmpty();
    assertThat(SequenceIds.named(new Range(1, Long.MAX_VALUE), 1, 0)).isEmpty();
  }

  @Test
  void joined_toTheVeryEnd_doesNotOverflow() {
    assertThat(
            SequenceIds.joined(
                List.of(new Range(Long.MAX_VALUE, Long.MAX_VALUE), new Range(3, Long.MAX_VALUE))))
        .containsExactly(new Range(3, Long.MAX_VALUE));
  }

  @Test
  void without_takenAtTheEdges_leavesTheRest() {
    SortedSet<Long> taken = new TreeSet<>(List.of(1L, 3L, 6L, 7L, 10L));
    assertThat(SequenceIds.without(List.of(new Range(1, 4), new Range(6, 9)), taken))
        .containsExactly(new Range(2, 2), new Range(4, 4), new Range(8, 9));
  }

  @Test
  void everything_randomRanges_agreesWithPlainSets() {
    long seed = new Random().nextLong();
    System.out.println("SequenceIdsTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      List<Range> ranges = new ArrayList<>();
      for (int i = random.nextInt(8); i > 0; i--) {
        long first = 1 + random.nextInt(40);
        ranges.add(new Range(first, first + random.nextInt(9)));
      }
      SortedSet<Long> taken = new TreeSet<>();
      random.longs(random.nextInt(30), 1, 50).forEach(taken::add);
      List<Range> joined = SequenceIds.joined(ranges);
      SortedSet<Long> expected = ids(ranges);
      assertThat(ids(joined)).isEqualTo(expected);
      assertApart(joined);
      expected.removeAll(taken);
      assertThat(ids(SequenceIds.without(joined, taken))).isEqualTo(expected);
    }
  }

  private static SortedSet<Long> ids(List<Range> ranges) {
    SortedSet<Long> ids = new TreeSet<>();
    ranges.forEach(range -> LongStream.rangeClosed(range.first(), range.last()).forEach(ids::add));
    return ids;
  }

  /** In order, with at least one id between neighbours. */
  private static void assertApart(List<Range> ranges) {
    for (int i = 1; i < ranges.size(); i++) {
      assertThat(ranges.get(i).first()).isGreaterThan(ranges.get(i - 1).last() + 1);
    }
  }
}
