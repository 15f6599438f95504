package org.peal.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Compares what a node accepted with what its subscriber did: the promise, message by message.
 * Immutable.
 *
 * @param accepted message ids and sequence ids, as the node answered
 * @param lives what the subscriber's processes did
 * @param log the node's file at the end
 */
record Account(
    Campaign campaign, Map<String, Long> accepted, List<Subscriber.Life> lives, Records log) {

  /** What may be done again after a kill: the most that is handled ahead of its record. */
  private static final int MOST_AGAIN = 1024;

  /** Checks all of the promise for a log that keeps everything: nothing may be missing. */
  void requireNothingLost() {
    assertThat(log.log()).as("%s: log against answers", campaign).isEqualTo(accepted);
    requireReportedLoss();
    assertThat(lost()).as("%s: lost", campaign).isEmpty();
  }

  /** Checks the promise for a log that gives up messages: what is missing is what is reported. */
  void requireReportedLoss() {
    requireNumbers();
    requireLines();
    requireRecords();
    say();
  }

  private void requireNumbers() {
    assertThat(accepted).as("%s: log against answers", campaign).containsAllEntriesOf(log.log());
    assertThat(new TreeSet<>(accepted.values()))
        .as("%s: sequence ids without holes", campaign)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, accepted.size()).boxed().toList());
  }

  private void requireLines() {
    Set<String> printed = new HashSet<>();
    Set<String> recorded = Set.of();
    for (Subscriber.Life life : lives) {
      assertThat(life.lines().stream().map(Subscriber.Line::sequenceId))
          .as("%s: order", campaign)
          .isSorted()
          .doesNotHaveDuplicates();
      Set<String> before = recorded;
      assertThat(life.lines().stream().filter(line -> before.contains(line.messageId())))
          .as("%s: recorded and done again", campaign)
          .isEmpty();
      assertThat(life.lines().stream().filter(line -> !isInItsPlace(line)))
          .as("%s: not as accepted", campaign)
          .isEmpty();
      life.lines().forEach(line -> printed.add(line.messageId()));
      recorded = life.records().outcomes().keySet();
      assertThat(printed).as("%s: recorded but not done", campaign).containsAll(recorded);
      assertThat(printed.size() - recorded.size())
          .as("%s: done but not recorded", campaign)
          .isBetween(0, MOST_AGAIN);
    }
  }

  private boolean isInItsPlace(Subscriber.Line line) {
    Long seq = accepted.get(line.messageId());
    return seq != null && seq == line.sequenceId();
  }

  private void requireRecords() {
    Records last = last();
    assertThat(last.outcomes().values()).as("%s: outcomes", campaign).allMatch(n -> n == 1);
    assertThat(last.cursors().values())
        .as("%s: cursor", campaign)
        .containsExactly((long) accepted.size());
    Map<String, Long> missing = new HashMap<>(accepted);
    missing.keySet().removeAll(last.outcomes().keySet());
    assertThat(spans(without(missing.values(), lost())))
        .as("%s: missing but not reported", campaign)
        .isEmpty();
    assertThat(spans(without(lost(), missing.values())))
        .as("%s: reported as lost but not missing", campaign)
        .isEmpty();
    assertThat(missing.keySet().stream().filter(log.log()::containsKey))
        .as("%s: missing but in the log", campaign)
        .isEmpty();
  }

  private static TreeSet<Long> without(Collection<Long> all, Collection<Long> others) {
    TreeSet<Long> left = new TreeSet<>(all);
    others.forEach(left::remove);
    return left;
  }

  /** Writes sequence ids in few words. */
  private static List<String> spans(TreeSet<Long> ids) {
    List<String> spans = new ArrayList<>();
    long first = -1;
    for (long id : ids) {
      first = ids.contains(id - 1) ? first : id;
      if (!ids.contains(id + 1)) {
        spans.add(first + ".." + id);
      }
    }
    return spans;
  }

  private Records last() {
    return lives.get(lives.size() - 1).records();
  }

  /** Returns the sequence ids that the subscriber has reported as lost. */
  Set<Long> lost() {
    return last().losses().entrySet().stream()
        .flatMap(span -> LongStream.rangeClosed(span.getKey(), span.getValue()).boxed())
        .collect(Collectors.toSet());
  }

  private void say() {
    long lines = lives.stream().mapToLong(life -> life.lines().size()).sum();
    int done = last().outcomes().size();
    campaign.say(
        "%d accepted, %d committed, %d lost and reported, %d lines (%d again) of %d processes"
            .formatted(accepted.size(), done, lost().size(), lines, lines - done, lives.size()));
  }
}
