package org.peal.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.peal.message.MessageId;
import org.peal.message.Severity;
import org.peal.message.Topic;

/**
 * A message that somebody wants to publish, before it has a number and a signature. The trees are
 * read-only by convention.
 *
 * @param topic the full topic
 * @param body what the message says
 * @param headers metadata to go with it; often empty
 * @param severity how grave it is; a bus without severities leaves it out
 * @param id the name that it shall have, so that it can be handed over twice and count once; empty
 *     to get a new one
 * @param username the login name that it shall carry; empty for the publisher's own
 * @param certPrefix whose key shall sign it, as {@code crypto.certnames} names it; empty for the
 *     publisher's own
 */
public record Draft(
    Topic topic,
    JsonNode body,
    ObjectNode headers,
    Severity severity,
    Optional<MessageId> id,
    Optional<String> username,
    Optional<String> certPrefix) {

  /** Makes a draft of the usual severity with everything else left to the publisher. */
  public static Draft of(Topic topic, JsonNode body) {
    return new Draft(
        topic,
        body,
        JsonNodeFactory.instance.objectNode(),
        Severity.INFO,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns the same under an id. */
  public Draft withId(MessageId wanted) {
    return new Draft(topic, body, headers, severity, Optional.of(wanted), username, certPrefix);
  }
}
