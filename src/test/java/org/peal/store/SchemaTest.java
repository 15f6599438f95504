package org.peal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peal.message.MessageId;

/** Files of earlier versions. */
class SchemaTest {

  private static final List<String> BACK_TO_VERSION_7 =
      List.of(
          "DROP TABLE outcome",
          """
          CREATE TABLE outcome (
            handler TEXT NOT NULL,
            dedup_key TEXT NOT NULL,
            msg_id TEXT NOT NULL,
            content_hash TEXT NOT NULL,
            signer TEXT NOT NULL,
            outcome TEXT NOT NULL,
            why TEXT NOT NULL,
            handled INTEGER NOT NULL,
            lines TEXT NOT NULL DEFAULT '',
            UNIQUE (handler, dedup_key, content_hash, signer)
          ) STRICT
          """,
          "CREATE INDEX outcome_time ON outcome (handled)",
          """
          INSERT INTO outcome VALUES
          ('tail', '1-one', '2026-1-one', 'hash', 'bodhi', 'done', 'why', 17, 'line')
          """,
          "PRAGMA user_version = 7");

  private static final List<String> BACK_TO_VERSION_8 =
      List.of(
          "DROP INDEX outcome_key",
          "CREATE INDEX outcome_key ON outcome (substr(dedup_key, 1, 6) || substr(dedup_key, 33))",
          "PRAGMA user_version = 8");

  @TempDir Path folder;

  private Database open() {
    return Database.openWithoutLog(
        folder.resolve("t.db"), StoreConfig.defaults(), InstantSource.system());
  }

  private void goBack(List<String> steps) throws SQLException {
    open().close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder + "/t.db");
        Statement statement = connection.createStatement()) {
      for (String step : steps) {
        statement.execute(step);
      }
    }
  }

  @Test
  void open_version7_keepsItsOutcomes() throws SQLException {
    goBack(BACK_TO_VERSION_7);
    MessageKey key = MessageKey.of("tail", "2026-1-one", "hash", "bodhi");
    try (Database database = open()) {
      // The key in the table tells what counts, not the id: this one has no year to leave out.
      List<HandledMessage> kept = database.read(s -> s.outcomes().list("tail", 0, 10));
      assertThat(kept)
          .singleElement()
          .satisfies(
              found -> {
                assertThat(found.key()).isEqualTo(key);
                assertThat(found.why()).isEqualTo("why");
                assertThat(found.lines()).containsExactly("line");
                assertThat(found.when().toEpochMilli()).isEqualTo(17);
              });
      assertThat(
              database.<List<HandledMessage>>read(s -> s.outcomes().find(new MessageId("1-one"))))
          .isEqualTo(kept);
      assertThat(database.<Optional<HandledMessage>>read(s -> s.outcomes().last("tail")))
          .contains(kept.get(0));
    }
  }

  @Test
  void open_version8_findsOutcomesByTheIndex() throws SQLException {
    goBack(BACK_TO_VERSION_8);
    open().close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder + "/t.db");
        PreparedStatement plan =
            connection.prepareStatement("EXPLAIN QUERY PLAN " + OutcomeTable.FIND);
        ResultSet found = plan.executeQuery()) {
      assertThat(found.getString("detail")).contains("USING INDEX outcome_key");
    }
  }
}
