package org.peal.bus;

import java.util.OptionalLong;
import org.peal.message.MessageId;

/**
 * What a publisher says of a message that it accepted. Immutable.
 *
 * @param id the message's name
 * @param sequenceId its place in the publisher's log; empty if it keeps none
 */
public record Published(MessageId id, OptionalLong sequenceId) {}
