package org.peal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.message.MessageId;

/** What looking up an outcome costs. */
class OutcomeIndexTest {

  private static final String PARTS =
      "SELECT DISTINCT " + OutcomeTable.PART_OF_KEY + " FROM outcome";

  @TempDir Path folder;
  private Session session;

  @BeforeEach
  void open() {
    Path file = folder.resolve("t.db");
    Failures failures = new Failures(file);
    session = new Connections(file, failures).writer(StoreConfig.defaults(), false);
    Schema.migrate(session, failures);
  }

  @AfterEach
  void close() {
    session.close();
  }

  private void record(String id) {
    MessageKey key = new MessageKey("h", new MessageId(id), "hash", Optional.empty());
    new OutcomeTable(session)
        .record(new HandledMessage(key, "done", "", List.of(), Instant.ofEpochMilli(1)));
  }

  private List<String> parts() {
    return session.all(PARTS, row -> row.getString(1));
  }

  @Test
  void uuid_isFoundByItsTimeAndItsEnd() {
    record("2026-abcdef01-2345-4000-8000-00000001wxyz");
    assertThat(parts()).containsExactly("abcdef0123wxyz");
  }

  @Test
  void keysOfHandlers_thatDifferInTheMiddle_areNotLookedThroughForEachOther() {
    record("key:builds/1/done");
    record("key:builds/2/done");
    record("key:builds/of-thirty-six-letters/done");
    assertThat(parts()).hasSize(3);
  }

  @Test
  void lookUp_searchesTheIndex() {
    assertThat(
            session.all(
                "EXPLAIN QUERY PLAN " + OutcomeTable.FIND, row -> row.getString(4), "id", "id"))
        .contains("SEARCH outcome USING INDEX outcome_key (<expr>=?)");
  }

  @Test
  void lookUpOfMany_searchesTheIndexForEach() {
    List<String> plan =
        session.all(
            "EXPLAIN QUERY PLAN " + OutcomeTable.KNOWN_OF_MANY,
            row -> row.getString(4),
            Collections.nCopies(OutcomeTable.AT_ONCE + 1, "id").toArray());
    assertThat(plan)
        .contains("SEARCH outcome USING INDEX outcome_key (<expr>=?)")
        .doesNotContain("SCAN outcome");
  }
}
