package org.peal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForcingTest {

  /** What SQLite says of a connection that forces each commit, and of one that does not. */
  private static final long FULL = 2;

  private static final long NORMAL = 1;

  @TempDir Path folder;

  private long afterCommit(Fsync fsync, boolean hasLog, boolean... awaited) {
    StoreConfig config =
        new StoreConfig(null, fsync, Duration.ofSeconds(1), null, RetentionConfig.defaults());
    Path file = folder.resolve("t.db");
    try (Session session = new Connections(file, new Failures(file)).writer(config, hasLog)) {
      Forcing forcing = Forcing.of(session, config, hasLog);
      for (boolean isAwaited : awaited) {
        forcing.before(isAwaited);
      }
      return session.number("PRAGMA synchronous");
    }
  }

  @Test
  void fileWithoutALog_forcesOnlyWhatIsAwaited() {
    assertThat(afterCommit(Fsync.COMMIT, false, true)).isEqualTo(FULL);
    assertThat(afterCommit(Fsync.COMMIT, false, true, false)).isEqualTo(NORMAL);
    assertThat(afterCommit(Fsync.COMMIT, false, false, true)).isEqualTo(FULL);
    assertThat(Forcing.isLate(StoreConfig.defaults(), false)).isTrue();
  }

  @Test
  void fileWithALog_forcesEachCommit() {
    assertThat(afterCommit(Fsync.COMMIT, true, true, false)).isEqualTo(FULL);
    assertThat(Forcing.isLate(StoreConfig.defaults(), true)).isFalse();
  }

  @Test
  void byInterval_forcesNoCommit() {
    assertThat(afterCommit(Fsync.INTERVAL, true, true)).isEqualTo(NORMAL);
    assertThat(afterCommit(Fsync.INTERVAL, false, true, false, true)).isEqualTo(NORMAL);
  }
}
