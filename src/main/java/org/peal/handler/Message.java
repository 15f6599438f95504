package org.peal.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.peal.bus.Bus;
import org.peal.bus.Origin;
import org.peal.crypto.Verdict;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;

/**
 * A message as a handler sees it: the same whichever bus it came by. The trees are read-only by
 * convention.
 *
 * @param bus the bus that it came by
 * @param id its name; on AMQP without the year
 * @param topic the full topic
 * @param body what it says, any JSON value
 * @param headers the table that goes with it; empty if there was none
 * @param severity how grave it is; {@link Severity#INFO} if it does not say
 * @param sentAt when it was made, by its publisher's clock
 * @param verified who signed it; empty if nobody checked, or if the bus has no signatures
 * @param origin by which way it came
 */
public record Message(
    Bus bus,
    MessageId id,
    Topic topic,
    JsonNode body,
    ObjectNode headers,
    Severity severity,
    Optional<Instant> sentAt,
    Optional<Verdict.Valid> verified,
    Origin origin) {

  /** Returns who signed it, if somebody did and it was checked. */
  public Optional<String> signer() {
    return verified.map(Verdict.Valid::signer);
  }
}
