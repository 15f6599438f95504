package org.peal.store;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;

/**
 * The {@code store} section: where a node keeps its log and all else that must survive it.
 * Immutable; a component left out is its default.
 *
 * @param path null means: whoever opens it knows where
 */
@Doc("The database of a node: its log, cursors, outcomes, and what waits to be published.")
public record StoreConfig(
    @Doc(
            "The file. Beside it live `-wal`, `-shm` and `.lock`; it must be on a local file"
                + " system. When not set: `store.db` in the state folder.")
        @Nullable Path path,
    @Doc(
            "When commits are forced to the disk. `commit`: each one before it is acknowledged, so"
                + " that a power failure loses nothing. `interval`: every `fsync-interval`; a power"
                + " failure loses what was acknowledged since, and then subscribers report a"
                + " publisher that was rolled back. The death of the process alone loses nothing in"
                + " either case.")
        Fsync fsync,
    @Doc("How often `fsync: interval` forces, 10ms to 1h.") Duration fsyncInterval,
    @Doc(
            "The largest size of the file in bytes; what would exceed it is refused as on a full"
                + " disk. When not set: the disk's.")
        @Nullable Long maxSize,
    RetentionConfig retention) {

  /** Too small a file could not even hold the empty tables. */
  private static final long MIN_SIZE = 1 << 20;

  private static final Duration FSYNC_INTERVAL = Duration.ofSeconds(1);

  public StoreConfig {
    fsync = requireNonNullElse(fsync, Fsync.COMMIT);
    fsyncInterval = requireNonNullElse(fsyncInterval, FSYNC_INTERVAL);
    retention = requireNonNullElse(retention, RetentionConfig.defaults());
    if (fsyncInterval.compareTo(Duration.ofMillis(10)) < 0
        || fsyncInterval.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "fsync-interval must be between 10ms and 1h: " + fsyncInterval);
    }
    if (maxSize != null && maxSize < MIN_SIZE) {
      throw new IllegalArgumentException(
          "max-size must be at least " + MIN_SIZE + " bytes: " + maxSize);
    }
  }

  /** Returns what holds when nothing is said. */
  public static StoreConfig defaults() {
    return new StoreConfig(null, Fsync.COMMIT, FSYNC_INTERVAL, null, RetentionConfig.defaults());
  }
}
