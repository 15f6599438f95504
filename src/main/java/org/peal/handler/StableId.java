package org.peal.handler;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.peal.message.MessageId;
import org.peal.store.MessageKey;
import org.peal.stream.ContentHash;

/** Makes the ids of what handlers publish: always the same for the same cause. Stateless. */
public final class StableId {

  private static final long VERSION_MASK = 0xF000L;

  /** Peers take only random UUIDs for ids, so this has their version; the bits are as good. */
  private static final long VERSION_4 = 0x4000L;

  private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private StableId() {}

  /**
   * Returns the id of a message that a handler publishes for another one.
   *
   * @param cause the message that is handled
   * @param at when that message was made, which gives the year
   * @param ordinal how many were published for it before
   */
  static MessageId of(MessageKey cause, Instant at, int ordinal) {
    return of(
        at,
        "peal handler",
        cause.handler(),
        cause.id().dedupKey(),
        cause.contentHash(),
        Integer.toString(ordinal));
  }

  /**
   * Returns the id of a message that says one thing, for handlers that say it under whatever name
   * they run.
   *
   * @param at gives the year, so it must come from the cause
   * @param parts what is said, of which the first names the kind
   */
  public static MessageId of(Instant at, String... parts) {
    byte[] name = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
    ByteBuffer hash = ByteBuffer.wrap(ContentHash.sha256(name));
    long high = hash.getLong() & ~VERSION_MASK | VERSION_4;
    long low = hash.getLong() & ~VARIANT_MASK | VARIANT;
    return new MessageId(at.atZone(ZoneOffset.UTC).getYear() + "-" + new UUID(high, low));
  }
}
