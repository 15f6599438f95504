package org.peal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {

  @TempDir Path folder;
  private Session session;

  @BeforeEach
  void open() {
    Path file = folder.resolve("s.db");
    session = new Connections(file, new Failures(file)).writer(StoreConfig.defaults(), true);
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void rollback_withoutTransaction_mayBeRepeated() {
    session.rollback();
    session.rollback();
    session.execute("BEGIN IMMEDIATE");
    session.execute("CREATE TABLE t (a)");
    session.rollback();
    assertThat(session.number("SELECT count(*) FROM sqlite_schema")).isZero();
  }

  @Test
  void execute_afterAFailure_usesTheStatementAnew() {
    session.execute("CREATE TABLE t (a)");
    String insert = "INSERT INTO t VALUES (?)";
    session.update(insert, 1);
    session.once("PRAGMA query_only = ON");
    assertThatThrownBy(() -> session.update(insert, 2)).hasMessageContaining("readonly");
    session.once("PRAGMA query_only = OFF");
    session.update(insert, 3);
    assertThat(session.number("SELECT sum(a) FROM t")).isEqualTo(4);
  }
}
