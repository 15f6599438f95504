package org.peal.handler;

import java.time.Instant;
import java.util.List;
import org.peal.store.DeadLetter;
import org.peal.store.HandledMessage;
import org.peal.store.MessageKey;
import org.peal.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message that becomes a dead letter. Immutable.
 *
 * @param kind how it came to that
 * @param text the whole message as {@link MessageJson} writes it
 * @param attempts how often it was handed over
 * @param reason why, for people
 */
record DeadMessage(DeadLetter.Kind kind, String text, int attempts, String reason) {

  private static final Logger LOG = LoggerFactory.getLogger(DeadMessage.class);

  /** Puts it aside, and records that as the outcome. */
  void write(Transaction t, MessageKey key, List<String> lines, Instant now) {
    LOG.warn("handler {}: message {} put aside: {}", key.handler(), key.id(), reason);
    t.deadLetters().add(new DeadLetter(0, key, kind, text, attempts, reason, lines, now));
    t.outcomes().record(new HandledMessage(key, kind.toString(), reason, lines, now));
  }
}
