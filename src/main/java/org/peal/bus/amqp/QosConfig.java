package org.peal.bus.amqp;

import org.jspecify.annotations.Nullable;
import org.peal.config.Doc;

/** The section {@code amqp.qos}: how many messages a consumer holds unsettled. Immutable. */
@Doc("How many messages a consumer holds unsettled.")
public record QosConfig(
    @Doc("Bytes; RabbitMQ knows only 0, which is no limit.") @Nullable Integer prefetchSize,
    @Doc("Messages, from 1 to 65535.") @Nullable Integer prefetchCount) {

  private static final int PREFETCH = 10;

  public QosConfig {
    prefetchSize = prefetchSize == null ? Integer.valueOf(0) : prefetchSize;
    prefetchCount = prefetchCount == null ? Integer.valueOf(PREFETCH) : prefetchCount;
    if (prefetchSize != 0) {
      throw new IllegalArgumentException("prefetch-size must be 0: " + prefetchSize);
    }
    // 0 would be no limit, and what waits for a slow handler must have one.
    if (prefetchCount < 1 || prefetchCount > 65_535) {
      throw new IllegalArgumentException(
          "prefetch-count must be from 1 to 65535: " + prefetchCount);
    }
  }

  /** Returns {@link #prefetchCount}, which is never null. */
  public int prefetch() {
    return prefetchCount == null ? PREFETCH : prefetchCount;
  }
}
