package org.peal.store;

import java.time.Instant;
import java.util.Optional;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;

/**
 * A message that is to be published: all but its sequence id and signature. Immutable.
 *
 * @param id its message id, fixed here, so that it counts once however often it is tried
 * @param topic the full topic
 * @param body what it says, as JSON
 * @param headers metadata to go with it, a JSON object
 * @param severity how grave it is
 * @param certPrefix whose key shall sign it; empty for the publisher's own
 * @param username the login name that it shall carry; empty for the publisher's own
 * @param created when it was put here
 * @param handler which handler made it, if one did
 * @param bus the bus that it is for: {@code zmq} or {@code amqp}
 */
public record OutboxMessage(
    MessageId id,
    Topic topic,
    String body,
    String headers,
    Severity severity,
    Optional<String> certPrefix,
    Optional<String> username,
    Instant created,
    Optional<String> handler,
    String bus) {}
