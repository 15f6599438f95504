package org.peal.message;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Makes the UUIDs of new messages: the first 48 bits are the time in milliseconds, the others are
 * random. Thread-safe.
 *
 * <p>Whoever keeps ids in an index writes those of one moment side by side; each random one is a
 * page at a place of its own. They bear the version of random UUIDs, since peers take no other for
 * ids; 74 random bits for each millisecond are as good.
 *
 * @see <a href="../../../../../../docs/wire-format.md">wire format, envelope</a>
 */
public final class TimedUuids implements Supplier<UUID> {

  /** Where the time begins in the upper half; below it are the version and 12 random bits. */
  private static final int TIME_SHIFT = 16;

  private static final long BELOW_TIME = (1L << TIME_SHIFT) - 1;

  private final InstantSource clock;

  /** Makes a source that takes the time from a clock. */
  public TimedUuids(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public UUID get() {
    UUID random = UUID.randomUUID();
    long high = clock.millis() << TIME_SHIFT | random.getMostSignificantBits() & BELOW_TIME;
    return new UUID(high, random.getLeastSignificantBits());
  }
}
