/**
 * The message model: what travels on either bus.
 *
 * <ul>
 *   <li>{@link org.peal.message.Envelope} is the typed view over a message's tree as received.
 *   <li>{@link org.peal.message.Topic}, {@link org.peal.message.TopicPattern} and {@link
 *       org.peal.message.MessageId} are its values.
 * </ul>
 */
@NullMarked
package org.peal.message;

import org.jspecify.annotations.NullMarked;
