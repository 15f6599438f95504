package org.peal.bridge;

import java.time.Instant;
import org.peal.bus.amqp.EncodedMessage;
import org.peal.store.HandledMessage;
import org.peal.store.OutboxMessage;

/**
 * A message of ZeroMQ that is to cross, as it goes into the journal and to the broker. Immutable.
 *
 * @param row what the journal keeps
 * @param message the same for the wire
 * @param made when its publisher made it, or else when it came
 * @param crossed what is recorded with it
 */
record Prepared(OutboxMessage row, EncodedMessage message, Instant made, HandledMessage crossed) {}
