package org.peal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peal.message.MessageId;

/** Finding decisions again; for each store. */
abstract class DecisionTableSuite extends StoreSuite {

  private static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");

  DecisionTableSuite(EmptyStore source) {
    super(source);
  }

  @BeforeEach
  void addThree() {
    add("a", 1, Map.of("tag", Set.of("f29", "f30"), "rule", Set.of("one")));
    add("a", 2, Map.of("tag", Set.of("f29"), "rule", Set.of("two")));
    add("b", 3, Map.of("tag", Set.of("f29")));
  }

  private void add(String handler, int number, Map<String, Set<String>> labels) {
    RecordedDecision decision =
        new RecordedDecision(
            handler,
            new MessageId("m" + number),
            NOW.plusSeconds(number),
            "{\"n\":" + number + "}",
            labels);
    update(t -> t.decisions().add(decision));
  }

  private List<String> found(DecisionQuery query) {
    return store.<List<Decisions.Row>>read(s -> s.decisions().find(query)).stream()
        .map(row -> row.decision().json())
        .toList();
  }

  private static DecisionQuery query(
      Optional<String> handler, Map<String, String> labels, Optional<Instant> since) {
    return new DecisionQuery(handler, labels, since, Long.MAX_VALUE, 10);
  }

  @Test
  void find_byLabel_newestFirst() {
    assertThat(found(query(Optional.empty(), Map.of("tag", "f29"), Optional.empty())))
        .containsExactly("{\"n\":3}", "{\"n\":2}", "{\"n\":1}");
    assertThat(found(query(Optional.empty(), Map.of("tag", "f30"), Optional.empty())))
        .containsExactly("{\"n\":1}");
    assertThat(found(query(Optional.empty(), Map.of("tag", "f2"), Optional.empty()))).isEmpty();
  }

  @Test
  void find_byAllThatIsSaid_onlyThose() {
    Map<String, String> both = Map.of("tag", "f29", "rule", "two");
    assertThat(found(query(Optional.empty(), both, Optional.empty()))).containsExactly("{\"n\":2}");
    assertThat(found(query(Optional.of("a"), Map.of("tag", "f29"), Optional.empty())))
        .containsExactly("{\"n\":2}", "{\"n\":1}");
    assertThat(found(query(Optional.empty(), Map.of(), Optional.of(NOW.plusSeconds(3)))))
        .containsExactly("{\"n\":3}");
  }

  @Test
  void find_pageByPage_nothingTwice() {
    DecisionQuery first = DecisionQuery.newest(2);
    List<Decisions.Row> page = store.read(s -> s.decisions().find(first));
    assertThat(page).hasSize(2);
    assertThat(found(first.before(page.get(1).id()))).containsExactly("{\"n\":1}");
  }

  @Test
  void purge_oldOnes_areGoneWithTheirLabels() {
    update(t -> t.decisions().purge(NOW.plusSeconds(3), 1));
    assertThat(found(DecisionQuery.newest(10))).containsExactly("{\"n\":3}", "{\"n\":2}");
    update(t -> t.decisions().purge(NOW.plusSeconds(3), 10));
    assertThat(found(DecisionQuery.newest(10))).containsExactly("{\"n\":3}");
    assertThat(found(query(Optional.empty(), Map.of("rule", "one"), Optional.empty()))).isEmpty();
  }
}
